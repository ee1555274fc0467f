import { NotDer, readDer, spanAt, TAG, type Span } from '../der.ts';
import { readExtensionList } from '../extensions/raw-extension.ts';

/** The content of revokedCertificates, left as the bytes they are: a hundred thousand objects would fill the memory. */
export type Entries = Uint8Array;

const REASON_CODE = '2.5.29.21';
const INVALIDITY_DATE = '2.5.29.24';
const PROCESSED = [REASON_CODE, INVALIDITY_DATE];
const ENUMERATED = 0x0a;
const REMOVE_FROM_CRL = 8;
/** Of one entry, which are made into objects for a moment. */
const MAX_EXTENSIONS_BYTES = 4096;

interface Entry {
  readonly serial: Span;
  readonly end: number;
  /** False when it has a critical extension that is not known here. */
  readonly isUnderstood: boolean;
  readonly isRemoved: boolean;
}

/**
 * Whether all critical extensions of all entries are known here; one that is not makes the whole list useless. The
 * issuer of an entry, which indirect lists name, counts as not known.
 *
 * @throws NotDer
 * @see RFC 5280 section 5.3
 */
export function isUnderstood(entries: Entries): boolean {
  let understood = true;
  for (let at = 0; at < entries.length;) {
    const entry = entryAt(entries, at);
    understood &&= entry.isUnderstood;
    at = entry.end;
  }
  return understood;
}

/**
 * Whether a certificate is listed as revoked, for whatever reason and from whatever time on. An entry that takes back
 * an earlier one (removeFromCRL) does not count.
 *
 * @param entries read before by `isUnderstood`
 * @param serial hex of the octets of the INTEGER
 */
export function isListed(entries: Entries, serial: string): boolean {
  const wanted = Buffer.from(serial, 'hex');
  // Where the octets are nowhere at all, as with nearly every list, there is nothing to walk through.
  if (!Buffer.from(entries.buffer, entries.byteOffset, entries.length).includes(wanted))
    return false;
  for (let at = 0; at < entries.length;) {
    const entry = entryAt(entries, at);
    const found = entries.subarray(entry.serial.start, entry.serial.end);
    if (!entry.isRemoved && wanted.equals(found)) return true;
    at = entry.end;
  }
  return false;
}

/** The date is not read: it may lie ahead and says nothing that changes the answer. */
function entryAt(entries: Entries, at: number): Entry {
  const all = spanAt(entries, at);
  const serial = spanAt(entries, all.start, all.end);
  const date = spanAt(entries, serial.end, all.end);
  const isDate = date.tag === TAG.utcTime || date.tag === TAG.generalizedTime;
  if (all.tag !== TAG.sequence || !isShortestInteger(entries, serial) || !isDate) {
    throw new NotDer('entry');
  }
  const { end } = all;
  if (date.end === end) return { serial, end, isUnderstood: true, isRemoved: false };
  if (isOnlyReason(entries, date.end, end)) {
    return { serial, end, isUnderstood: true, isRemoved: entries[end - 1] === REMOVE_FROM_CRL };
  }
  return { serial, end, ...readEntryExtensions(entries.subarray(date.end, end)) };
}

/** A number has one form only, so that the octets of two numbers are the same when the numbers are. */
function isShortestInteger(bytes: Uint8Array, { tag, start, end }: Span): boolean {
  const [first, second] = [bytes[start] ?? 0, bytes[start + 1] ?? 0];
  const isPadded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
  return tag === TAG.integer && end > start && !(isPadded && end - start > 1);
}

/** One reason and nothing else, as most entries have it: all octets but the last. */
const ONLY_REASON = Buffer.from('300c300a0603551d1504030a01', 'hex');

/** Compared where it stands: to cut out each of a hundred thousand costs more than all the rest. */
function isOnlyReason(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== ONLY_REASON.length + 1) return false;
  for (let at = 0; at < ONLY_REASON.length; at += 1) {
    if (bytes[start + at] !== ONLY_REASON[at]) return false;
  }
  return true;
}

function readEntryExtensions(list: Uint8Array): Pick<Entry, 'isUnderstood' | 'isRemoved'> {
  if (list.length > MAX_EXTENSIONS_BYTES) throw new NotDer('entry');
  const extensions = readExtensionList(readDer(list));
  const reason = extensions.find(({ oid }) => oid === REASON_CODE);
  return {
    isUnderstood: extensions.every(({ oid, critical }) => !critical || PROCESSED.includes(oid)),
    isRemoved: reason !== undefined && readReason(reason.value) === REMOVE_FROM_CRL,
  };
}

function readReason(value: Uint8Array): number | undefined {
  const { content } = readDer(value, ENUMERATED);
  if (content.length !== 1) throw new NotDer('reason');
  return content[0];
}
