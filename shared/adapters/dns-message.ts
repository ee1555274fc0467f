import { randomInt } from 'node:crypto';
import {
  decode,
  encode,
  RECURSION_DESIRED,
  type Answer as Resource,
  type DecodedPacket,
  type OptAnswer,
  type SoaAnswer,
  type StringAnswer,
} from 'dns-packet';
import type { Answer } from '../discover/directory.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { RecordKind } from './dns-records.ts';

/** Fits one unfragmented datagram on every path; larger answers come by TCP. */
const UDP_PAYLOAD_BYTES = 1232;
const MAX_RECORDS = 200;
const MAX_ALIASES = 8;
/** For what is not there, when the zone does not say how long that may be believed. */
const NEGATIVE_TTL_SECONDS = 300;
const RCODE = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  noSuchName: 3,
  notDone: 4,
  refused: 5,
};

const OPT: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: UDP_PAYLOAD_BYTES,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

/** One question for the records of a name; its id is used once. */
export interface Query<T> {
  readonly id: number;
  readonly name: string;
  readonly kind: RecordKind<T>;
  readonly edns: boolean;
  readonly bytes: Buffer;
}

/** What a message that came back means for the query. */
export type Reading<T> =
  /** It answers something else, so the answer is still to come. */
  | { readonly kind: 'stray' }
  /** The answer is longer than a datagram: ask again by TCP. */
  | { readonly kind: 'truncated' }
  /** The server does not know EDNS: ask again without. */
  | { readonly kind: 'edns-unknown' }
  | { readonly kind: 'final'; readonly outcome: Outcome<Answer<T>> };

/** @param name one that `isDnsName` accepts: the encoder checks nothing and would cut or corrupt others */
export function newQuery<T>(name: string, kind: RecordKind<T>, edns: boolean): Query<T> {
  const id = randomInt(0x10000);
  const bytes = encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ type: kind.type, name }],
    additionals: edns ? [OPT] : [],
  });
  return { id, name, kind, edns, bytes };
}

/** Reads a message as the answer to a query. Never throws, whatever the bytes. */
export function readAnswer<T>(message: Buffer, query: Query<T>): Reading<T> {
  if (message.length < 12 || message.readUInt16BE(0) !== query.id) return { kind: 'stray' };
  const flags = message.readUInt16BE(2);
  if ((flags & 0x8000) === 0) return { kind: 'stray' };
  const rcode = flags & 15;
  // Such an answer may come without the question, and what it says costs only another query.
  if (rcode === RCODE.formatError && query.edns) return { kind: 'edns-unknown' };
  const truncated = (flags & 0x0200) !== 0;
  const packet = decodeBounded(truncated ? questionOnly(message) : message);
  if (!packet) return { kind: 'final', outcome: fail('discover/malformed') };
  if (!asksFor(packet, query)) return { kind: 'stray' };
  return truncated ? { kind: 'truncated' } : { kind: 'final', outcome: read(packet, rcode, query) };
}

/** A truncated message may end anywhere after its question; its counts are set so that only that is read. */
function questionOnly(message: Buffer): Buffer {
  const copy = Buffer.from(message);
  return copy.fill(0, 6, 12);
}

function decodeBounded(message: Buffer): DecodedPacket | undefined {
  const counts = [6, 8, 10].map((offset) => message.readUInt16BE(offset));
  if (message.readUInt16BE(4) !== 1 || counts.some((count) => count > MAX_RECORDS))
    return undefined;
  try {
    const packet = decode(message);
    // The decoder does not notice a last record that claims more bytes than there are.
    return decode.bytes > message.length ? undefined : packet;
  } catch {
    return undefined;
  }
}

function asksFor<T>({ questions }: DecodedPacket, { name, kind }: Query<T>): boolean {
  const [question] = questions ?? [];
  return (
    question !== undefined &&
    question.type === kind.type &&
    question.class === 'IN' &&
    sameName(question.name, name)
  );
}

function read<T>(packet: DecodedPacket, lowRcode: number, query: Query<T>): Outcome<Answer<T>> {
  const rcode = lowRcode + 16 * highRcode(packet);
  if (rcode === RCODE.serverFailure) return fail('discover/unreachable');
  if (rcode === RCODE.refused || rcode === RCODE.notDone) return fail('discover/refused');
  if (rcode !== RCODE.noError && rcode !== RCODE.noSuchName) return fail('discover/malformed');
  const answers = packet.answers ?? [];
  const aliases = aliasesOf(query.name, answers);
  if (aliases === undefined) return fail('discover/malformed');
  const owner = aliases.at(-1)?.data ?? query.name;
  const found =
    rcode === RCODE.noSuchName
      ? []
      : answers.filter(({ type, name }) => type === query.kind.type && sameName(name, owner));
  const records = found.map(query.kind.read).filter((record) => record !== undefined);
  if (records.length < found.length) return fail('discover/malformed');
  if (rcode === RCODE.noError && found.length === 0 && isReferral(packet)) {
    return fail('discover/refused');
  }
  const lives = [...aliases, ...found].map(ttlOf);
  if (found.length === 0) lives.push(negativeTtl(packet));
  return done({ records, ttlSeconds: Math.min(...lives) });
}

/** EDNS has room for faults whose lower half looks like success, @see RFC 6891 section 6.1.3 */
const highRcode = ({ additionals = [] }: DecodedPacket): number =>
  additionals.find((each) => each.type === 'OPT')?.extendedRcode ?? 0;

/** The answer's CNAMEs in their order from the name on; undefined when they never end. */
function aliasesOf(name: string, answers: readonly Resource[]): StringAnswer[] | undefined {
  const aliases: StringAnswer[] = [];
  while (aliases.length <= MAX_ALIASES) {
    const owner = aliases.at(-1)?.data ?? name;
    const alias = answers.find(
      (answer): answer is StringAnswer => answer.type === 'CNAME' && sameName(answer.name, owner),
    );
    if (!alias) return aliases;
    aliases.push(alias);
  }
  return undefined;
}

/** Whether the server only names others instead of asking them, @see RFC 2308 section 2.2 */
const isReferral = ({ authorities = [] }: DecodedPacket): boolean =>
  authorities.some(({ type }) => type === 'NS') && !authorities.some(({ type }) => type === 'SOA');

/** How long the absence may be believed, @see RFC 2308 section 5. */
function negativeTtl({ authorities }: DecodedPacket): number {
  const soa = authorities?.find((each): each is SoaAnswer => each.type === 'SOA');
  return soa ? Math.min(ttlOf(soa), soa.data.minimum ?? 0) : NEGATIVE_TTL_SECONDS;
}

/** A value with its highest bit set counts as zero, @see RFC 2181 section 8. */
function ttlOf(record: Resource): number {
  const ttl = 'ttl' in record ? (record.ttl ?? 0) : 0;
  return ttl > 0x7fff_ffff ? 0 : ttl;
}

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
