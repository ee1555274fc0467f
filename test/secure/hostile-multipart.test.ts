import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../shared/outcome.ts';
import { readMime } from '../../shared/secure/mime.ts';
import { openMessage } from '../../shared/secure/open.ts';
import { cpuMsOf } from '../support/cpu.ts';
import type { Issued } from '../support/pki.ts';
import { encryptEntity, signEntity } from './support/entities.ts';
import { draft, person } from './support/people.ts';

const LARGE_BYTES = 12_000_000;

let sender: Issued;
let recipient: Issued;
beforeAll(async () => {
  sender = await person('sender');
  recipient = await person('green');
});

/** Only the word: a failing expectation must not print megabytes. */
const wordOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'read' : outcome.failure.code);
const open = (raw: Uint8Array): string => wordOf(openMessage(raw, [recipient]));
const read = (raw: Uint8Array): string => wordOf(readMime(raw));

/** Multiparts of which each holds the next, closed by nothing, around one body. */
function nested(boundaries: readonly string[], body: Uint8Array): Buffer {
  const heads = boundaries.map(
    (each) => `Content-Type: multipart/mixed; boundary="${each}"\r\n\r\n--${each}\r\n`,
  );
  return Buffer.concat([Buffer.from(`${heads.join('')}\r\n`), body]);
}

/** The longest outside, so that no delimiter inside closes it; the body looks like all of them everywhere. */
const DASHES = Array.from({ length: 8 }, (_, index) => '-'.repeat(107 - index));
const filledWith = (text: string, sizeBytes = LARGE_BYTES): Buffer => Buffer.alloc(sizeBytes, text);

const costOf = (content: Uint8Array): number => {
  const raw = encryptEntity(content, [recipient.certificate]);
  return cpuMsOf(() => open(raw));
};

const levels = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `level ${index}`);

describe('a mail that is not encrypted', () => {
  test('secure/not-encrypted: is not taken apart to learn that, be its parts unreadable', () => {
    const raw = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nnonsense\r\n--b--\r\n';
    expect(read(Buffer.from(raw))).toBe('secure/malformed');
    expect(open(Buffer.from(raw))).toBe('secure/not-encrypted');
  });

  test('secure/not-encrypted: costs next to nothing, however large it is', () => {
    const raw = nested(DASHES, filledWith('-'));
    expect(cpuMsOf(() => expect(open(raw)).toBe('secure/not-encrypted'))).toBeLessThan(50);
  });
});

describe('a body that looks like its delimiters', () => {
  test.each([
    ['dashes without end', DASHES, '-'],
    ['lines of dashes', DASHES, `${'-'.repeat(90)}\n`],
    ['nothing but line ends', DASHES, '\n'],
    ['lines that begin like a delimiter of one letter', ['a', 'b', 'c'], '\n--bX'],
    ['lines that are a delimiter but for their last letter', DASHES, `\n${'-'.repeat(102)}x`],
    ['delimiters with blanks behind', ['a', 'b', 'c'], '\n--b          x'],
  ])('costs less than a second: %s', (_, boundaries, body) => {
    const raw = nested(boundaries, filledWith(body));
    expect(cpuMsOf(() => read(raw))).toBeLessThan(1000);
  });

  test('costs no more when it was encrypted, or signed by somebody too', async () => {
    const entity = nested(DASHES, filledWith('-', 8_000_000));
    const message = Buffer.concat([Buffer.from('Content-Type: message/rfc822\r\n\r\n'), entity]);
    const signed = await signEntity(message, sender, draft.date);
    const harmless = Buffer.concat([
      Buffer.from('Content-Type: message/rfc822\r\n\r\n'),
      filledWith('x', entity.length),
    ]);
    const usual = costOf(harmless);
    expect(costOf(entity)).toBeLessThan(4 * usual);
    expect(costOf(signed)).toBeLessThan(4 * usual);
  });
});

describe('the bodies of all multiparts together', () => {
  const large = filledWith('text\r\n', 4_000_000);

  test('may be three times the message, as when all of it lies in three', () => {
    expect(read(nested(levels(3), large))).toBe('read');
  });

  test('secure/malformed: are four times the message', () => {
    expect(read(nested(levels(4), large))).toBe('secure/malformed');
  });

  test('may of a small message be more', () => {
    expect(read(nested(levels(8), filledWith('text\r\n', 100_000)))).toBe('read');
  });
});
