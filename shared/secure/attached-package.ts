import { oneLine } from '../characters.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { problem } from '../package/read/layout.ts';
import type { XdmProblem } from '../package/read/problems.ts';
import { readXdm, type ReadXdm } from '../package/read-xdm.ts';
import { decodeBody, fileNameOf, headerOf, readMime, type MimeEntity } from './mime.ts';
import { ENVELOPED } from './open.ts';

/** A message that was forwarded, and wrapped, and that twice over. */
const DEEPEST_MESSAGE = 4;
/** Office documents are zips too. */
const MOST_ZIPS = 20;

/**
 * Finds the XDM package in a mail and reads it: the first attachment that is one by its content, whatever its type, in
 * the message or in one that it carries. What is encrypted has to be opened first.
 *
 * @failure secure/undecryptable, secure/malformed (a zip that cannot be decoded), and the codes of `readXdm`
 * @see IHE ITI-32, ZIP over Email
 */
export function readAttachedXdm(message: MimeEntity): Outcome<ReadXdm> {
  if (ENVELOPED.includes(message.contentType.value)) return fail('secure/undecryptable');
  let refusal = fail('package/not-xdm');
  let zips = 0;
  for (const leaf of leavesOf(message, message, DEEPEST_MESSAGE)) {
    const bytes = zipIn(leaf.part);
    if (!bytes) continue;
    const read = bytes.ok ? readXdm(bytes.value) : bytes;
    if (read.ok) {
      return done({ ...read.value, problems: [...problemsOf(leaf), ...read.value.problems] });
    }
    if (refusal.failure.code === 'package/not-xdm') refusal = read;
    if (++zips === MOST_ZIPS) break;
  }
  return refusal;
}

interface Leaf {
  readonly part: MimeEntity;
  /** The innermost message that holds it. */
  readonly message: MimeEntity;
}

/** All parts that hold no others, in order. What cannot be read of a message within is passed over. */
function* leavesOf(entity: MimeEntity, message: MimeEntity, depth: number): Generator<Leaf> {
  for (const part of entity.parts) yield* leavesOf(part, message, depth);
  if (entity.parts.length > 0) return;
  if (entity.contentType.value !== 'message/rfc822' || depth === 0) {
    return yield { part: entity, message };
  }
  const body = decodeBody(entity);
  const inner = body.ok ? readMime(body.value) : body;
  if (inner.ok) yield* leavesOf(inner.value, inner.value, depth - 1);
}

const BEGIN = Buffer.from('PK\x03\x04', 'latin1');

/** What is in a part that is a zip by its content, or says that it is one by type or name. */
function zipIn(part: MimeEntity): Outcome<Uint8Array> | undefined {
  const claims =
    /^application\/(?:x-)?zip/.test(part.contentType.value) ||
    /\.zip$/i.test(fileNameOf(part) ?? '');
  const bytes = decodeBody(part);
  const begins = bytes.ok && BEGIN.equals(bytes.value.subarray(0, BEGIN.length));
  return claims || begins ? bytes : undefined;
}

/** What other receivers stumble over: they know a package by the subject, the type, or the name in small letters. */
function problemsOf({ part, message }: Leaf): readonly XdmProblem[] {
  const name = fileNameOf(part) ?? '';
  const type = part.contentType.value;
  const says = /XDM\/1\.0\/DDM/i.test(headerOf(message, 'subject') ?? '');
  return [
    ...problem('mail-subject', says ? undefined : 'Subject'),
    ...problem('attachment-type', type === 'application/zip' ? undefined : oneLine(type, 255)),
    ...problem('attachment-name', name.includes('.zip') ? undefined : oneLine(name, 255)),
  ];
}
