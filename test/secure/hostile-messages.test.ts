import { describe, expect, test } from '@jest/globals';
import { OID } from '../../shared/trust/cms/algorithms.ts';
import { readBer } from '../../shared/trust/cms/ber.ts';
import { der, derOid, TAG } from '../../shared/trust/cms/der.ts';
import { decodeBody, readMime } from '../../shared/secure/mime.ts';
import { mailOf } from './support/openssl.ts';
import { valueOf } from './support/people.ts';
import {
  encrypted,
  goodMessage,
  MB,
  reader,
  sender,
  signed,
  text,
  verdictOn,
  wrapped,
} from './support/verdicts.ts';

/** The CMS object of a message, to be spoiled. */
const cmsOf = (message: Uint8Array): Buffer =>
  Buffer.from(valueOf(decodeBody(valueOf(readMime(message)))));

/** EnvelopedData around the parts of a good one. */
function envelope(
  change: (parts: { recipients: Uint8Array; octets: Uint8Array }) => {
    recipients?: Uint8Array;
    octets?: Uint8Array;
  },
): (message: Uint8Array) => Buffer {
  return (message) => {
    const body = readBer(cmsOf(message))!.children[1]!.children[0]!;
    const [version, recipients, content] = body.children;
    const [type, algorithm, octets] = content!.children;
    const good = { recipients: recipients!.raw, octets: octets!.content };
    const made = { recipients: good.recipients, octets: octets!.raw, ...change(good) };
    const changed = der(TAG.sequence, type!.raw, algorithm!.raw, made.octets);
    const enveloped = der(TAG.sequence, version!.raw, made.recipients, changed);
    return mailOf(der(TAG.sequence, derOid(OID.envelopedData), der(TAG.constructed0, enveloped)));
  };
}

/** The ciphertext in pieces of this size. */
const inPieces = (bytes: number) =>
  envelope(({ octets }) => ({
    octets: der(
      TAG.constructed0,
      ...Array.from({ length: Math.ceil(octets.length / bytes) }, (_, at) =>
        der(TAG.octetString, octets.subarray(at * bytes, (at + 1) * bytes)),
      ),
    ),
  }));

/** With other bytes in place of the first like these. */
function replaced(bytes: Uint8Array, from: string, to: string): Buffer {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(Buffer.from(from, 'hex'));
  expect(at).toBeGreaterThan(0);
  copy.set(Buffer.from(to, 'hex'), at);
  return copy;
}
const AES_256_CBC = '60864801650304012a';
const RSA_ENCRYPTION = '2a864886f70d010101';

describe('a message that is', () => {
  test.each<[string, string, (good: Uint8Array) => Uint8Array]>([
    ['secure/malformed', 'cut off in the middle', (good) => good.subarray(0, good.length / 2)],
    [
      'secure/malformed',
      'cut off at its last block',
      (good) => mailOf(cmsOf(good).subarray(0, -16)),
    ],
    [
      'secure/undecryptable',
      'encrypted by an unknown cipher',
      (good) => mailOf(replaced(cmsOf(good), AES_256_CBC, '60864801650304017f')),
    ],
    [
      'secure/malformed',
      'without a line end',
      (good) => Buffer.from(Buffer.from(good).toString('latin1').replaceAll('\r\n', '')),
    ],
    ['opened', 'of pieces of a thousand bytes', inPieces(1000)],
    ['secure/malformed', 'of pieces of two bytes', inPieces(2)],
    [
      'secure/malformed',
      'of many empty pieces',
      envelope(({ octets }) => ({
        octets: der(
          TAG.constructed0,
          der(TAG.octetString, octets),
          Buffer.alloc(180_000, '0400', 'hex'),
        ),
      })),
    ],
    [
      'opened',
      'for two hundred',
      envelope(({ recipients }) => ({
        recipients: der(
          TAG.set,
          ...Array.from({ length: 200 }, () => readBer(recipients)!.content),
        ),
      })),
    ],
    [
      'secure/malformed',
      'for two hundred and one',
      envelope(({ recipients }) => ({
        recipients: der(
          TAG.set,
          ...Array.from({ length: 201 }, () => readBer(recipients)!.content),
        ),
      })),
    ],
  ])('%s: %s', async (code, _, spoil) => {
    expect(await verdictOn(spoil(await goodMessage(0.2 * MB)))).toBe(code);
  });

  test('secure/undecryptable: for a key that is not ours', async () => {
    const { certificate } = reader;
    const wrong = { certificate, privateKey: sender.privateKey };
    expect(await verdictOn(await goodMessage(MB), [wrong])).toBe('secure/undecryptable');
    expect(await verdictOn(await goodMessage(MB), [])).toBe('secure/undecryptable');
  });

  test('secure/undecryptable: encrypted by an unknown transport of the key', async () => {
    const raw = mailOf(
      replaced(cmsOf(await goodMessage(MB)), RSA_ENCRYPTION, '2a864886f70d01017f'),
    );
    expect(await verdictOn(raw)).toBe('secure/undecryptable');
  });

  test.each([
    ['nested without end', Buffer.alloc(2 * MB, '3080', 'hex')],
    [
      'of nothing but small values',
      Buffer.concat([Buffer.from('3080', 'hex'), Buffer.alloc(MB, '3000', 'hex')]),
    ],
    ['of noise', Buffer.alloc(MB, 'noise')],
  ])('secure/malformed: CMS %s', async (_, cms) => {
    expect(await verdictOn(mailOf(cms))).toBe('secure/malformed');
  });

  test.each(['base64', 'quoted-printable'])(
    'secure/malformed: nothing, in %s',
    async (encoding) => {
      for (const filling of ['\r\n', '= ', '=4', 'A', '=\r\n']) {
        const head = `Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
        const raw = Buffer.concat([Buffer.from(head), Buffer.alloc(MB, filling)]);
        expect([filling, await verdictOn(raw)]).toEqual([filling, 'secure/malformed']);
      }
    },
  );

  test.each([
    ['secure/malformed', '10 MB of header fields', 'X-A: some field or other\r\n'.repeat(400_000)],
    ['secure/malformed', '10 MB of one header field', `X-A: ${'x'.repeat(10 * MB)}\r\n`],
    [
      'secure/malformed',
      '10 MB of a folded field',
      `X-A: x\r\n${' x x x x x x x x x\r\n'.repeat(500_000)}`,
    ],
  ])('%s: %s', async (code, _, header) => {
    const message = Buffer.concat([Buffer.from(header), await goodMessage(1000)]);
    expect(await verdictOn(message)).toBe(code);
  });

  test('10 MB of header fields under a signature, or instead of one', async () => {
    const header = 'X-A: some field or other\r\n'.repeat(400_000);
    expect(await verdictOn(encrypted(await signed(wrapped(header))))).toBe('secure/malformed');
    expect(await verdictOn(encrypted(header))).toBe('secure/undecryptable');
  });
});

const multipart = (boundary: string, ...parts: readonly string[]): string =>
  `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n` +
  `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
const many = (count: number, part: string): readonly string[] =>
  Array.from({ length: count }, () => part);
const within = (depth: number, wrap: (inner: string, at: number) => string): string =>
  Array.from({ length: depth }).reduce<string>((inner, _, at) => wrap(inner, at), text(MB));

describe('a signed message that holds', () => {
  test.each([
    ['secure/malformed', '10,000 parts', multipart('b', ...many(10_000, text(200)))],
    ['secure/malformed', '10,000 parts without anything', multipart('b', ...many(10_000, ''))],
    [
      'secure/malformed',
      'multiparts nested 50 deep',
      within(50, (inner, at) => multipart(`b${at}`, inner)),
    ],
    [
      'opened',
      'messages nested 50 deep, of which one is read',
      within(50, (inner) => wrapped(inner).toString('latin1')),
    ],
    [
      'secure/malformed',
      'parts that all hold parts',
      multipart('b', ...many(10_000, multipart('c', 'x'))),
    ],
    ['opened', 'lines without end', `From: a@b.example\r\n\r\n${'x'.repeat(MB)}`],
  ])('%s: %s', async (code, _, message) => {
    expect(await verdictOn(encrypted(await signed(wrapped(message))))).toBe(code);
  });
});
