import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  decodeBody,
  headerOf,
  headersOf,
  readMime,
  type MimeEntity,
} from '../../shared/secure/mime.ts';
import { describeWith, SHARED } from '../support/needs.ts';
import { valueOf } from './support/people.ts';

const read = (text: string): MimeEntity => valueOf(readMime(Buffer.from(text, 'latin1')));
const codeOf = (text: string): string | undefined => {
  const outcome = readMime(Buffer.from(text, 'latin1'));
  return outcome.ok ? undefined : outcome.failure.code;
};
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const multipart = (...lines: string[]): string =>
  ['Content-Type: multipart/mixed; boundary=b', '', ...lines, ''].join('\r\n');

describe('a MIME entity', () => {
  test.each(['\r\n', '\n'])('is read with lines that end in %j', (end) => {
    const entity = read(
      ['From: a@b.example', 'X-Long: one', '\ttwo', ' three', '', 'Body', ''].join(end),
    );

    expect(headerOf(entity, 'x-long')).toBe('one\ttwo three');
    expect(textOf(entity.body)).toBe(`Body${end}`);
    expect(entity.contentType.value).toBe('text/plain');
  });

  test('keeps repeated fields, in order, whatever the case of their names', () => {
    const entity = read('Received: one\r\nreceived : two\r\nRECEIVED:three\r\n\r\n');

    expect(headersOf(entity, 'received')).toEqual(['one', 'two', 'three']);
    expect(headerOf(entity, 'subject')).toBeUndefined();
  });

  test('may be a header alone, may begin with a byte order mark, and may be empty', () => {
    expect(headerOf(read('From: a'), 'from')).toBe('a');
    expect(headerOf(read('\xef\xbb\xbfFrom: a\r\n\r\n'), 'from')).toBe('a');
    expect(read('').fields).toEqual([]);
  });

  test.each([
    ['Text/Plain; Charset="utf-8"', 'text/plain', { charset: 'utf-8' }],
    ['a/b;x=1 ; y = "2;=\\"3" (comment); z=4', 'a/b', { x: '1', y: '2;="3', z: '4' }],
    ['a/b; x=1; X=2', 'a/b', { x: '1' }],
    ['a/b; x="open', 'a/b', { x: '' }],
    ['', '', {}],
  ])('reads the parameters of %j', (text, value, parameters) => {
    const { contentType } = read(`Content-Type: ${text}\r\n\r\n`);

    expect(contentType.value).toBe(value);
    expect(Object.fromEntries(contentType.parameters)).toEqual(parameters);
  });

  test('gives the exact bytes of each part, without the line break before the delimiter', () => {
    const { parts, complete } = read(
      multipart('preamble', '--b', 'A: 1', '', 'one', '', '--b  ', '', 'two', '--b--', 'epilogue'),
    );

    expect(parts.map(({ bytes }) => textOf(bytes))).toEqual(['A: 1\r\n\r\none\r\n', '\r\ntwo']);
    expect(complete).toBe(true);
  });

  test('is not split at what only looks like a delimiter', () => {
    const { parts } = read(multipart('--b', '', 'x --b', '--bb', '--b c', '--b--c', '--b--'));

    expect(parts.map(({ body }) => textOf(body))).toEqual(['x --b\r\n--bb\r\n--b c\r\n--b--c']);
  });

  test('that is cut off keeps its last part, and says that it is not complete', () => {
    const { parts, complete } = read(multipart('--b', '', 'one', '--b', '', 'two'));

    expect(parts.map(({ body }) => textOf(body))).toEqual(['one', 'two\r\n']);
    expect(complete).toBe(false);
  });

  test('is read through nested multiparts, and a message inside is left alone', () => {
    const inner = multipart('--b', '', 'deep', '--b--');
    const { parts } = read(
      `Content-Type: multipart/mixed; boundary="c c"\r\n\r\n--c c\r\n${inner}\r\n--c c\r\n` +
        `Content-Type: message/rfc822\r\n\r\n${inner}\r\n--c c--`,
    );

    expect(parts[0]!.parts.map(({ body }) => textOf(body))).toEqual(['deep']);
    expect(parts[1]!.parts).toEqual([]);
    expect(textOf(parts[1]!.body)).toBe(inner);
  });

  test.each([
    ['a line that is no field', 'From: a\r\nnonsense\r\n\r\n'],
    ['a continuation of nothing', ' From: a\r\n\r\n'],
    ['a bare CR in a value', 'From: a\rBcc: b\r\n\r\n'],
    ['a NUL in a value', 'From: a\0\r\n\r\n'],
    ['two content types', 'Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n'],
    [
      'two encodings',
      'Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n\r\n',
    ],
    ['a multipart without a boundary', 'Content-Type: multipart/mixed\r\n\r\n'],
    [
      'a multipart with an endless boundary',
      `Content-Type: multipart/mixed; boundary=${'b'.repeat(201)}\r\n\r\n`,
    ],
    ['201 fields', `${'A: b\r\n'.repeat(201)}\r\n`],
    ['a header of more than 64 kB', `A: ${'b'.repeat(65_536)}\r\n\r\n`],
    ['a header of many lines and more than 64 kB', `A: b\r\n${' c\r\n'.repeat(20_000)}\r\n`],
    ['51 parts', multipart(...'--b\r\n\r\nx '.repeat(51).trim().split(' '), '--b--')],
    ['a part that cannot be read', multipart('--b', 'nonsense', '--b--')],
  ])('secure/malformed: %s', (_, text) => {
    expect(codeOf(text)).toBe('secure/malformed');
  });

  test('secure/malformed: nested 9 deep, while 8 are read', () => {
    const nested = (depth: number): string =>
      depth === 0
        ? '\r\nx'
        : `Content-Type: multipart/mixed; boundary=b${depth}z\r\n\r\n--b${depth}z\r\n${nested(depth - 1)}\r\n--b${depth}z--\r\n`;

    expect(codeOf(nested(8))).toBeUndefined();
    expect(codeOf(nested(9))).toBe('secure/malformed');
  });

  test('reads 200 fields and 50 parts', () => {
    expect(codeOf(`${'A: b\r\n'.repeat(200)}\r\n`)).toBeUndefined();
    expect(
      codeOf(multipart(...'--b\r\n\r\nx '.repeat(50).trim().split(' '), '--b--')),
    ).toBeUndefined();
  });

  test('secure/malformed: 51 parts in all, spread over two levels', () => {
    const part = 'Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--';
    const spread = (count: number): string =>
      multipart(...Array.from({ length: count }, () => ['--b', part]).flat(), '--b--');

    expect(codeOf(spread(25))).toBeUndefined();
    expect(codeOf(spread(26))).toBe('secure/malformed');
  });

  test.each(['7bit', '8bit', 'binary', '7BIT'])('decodes a body in %s as it stands', (encoding) => {
    const entity = read(`Content-Transfer-Encoding: ${encoding}\r\n\r\na=3D`);

    expect(textOf(valueOf(decodeBody(entity)))).toBe('a=3D');
  });

  test.each([
    'Content-Transfer-Encoding: uuencode\r\n\r\nx',
    'Content-Transfer-Encoding: base64\r\n\r\n?',
  ])('secure/malformed: a body that cannot be decoded: %j', (text) => {
    expect(decodeBody(read(text))).toEqual({ ok: false, failure: { code: 'secure/malformed' } });
  });
});

describeWith(['shared'], 'delivery notices as they are found in the field', () => {
  const folder = resolve(SHARED, 'vectors/notifications');
  const files = ['direct-mdn', 'direct-dsn', 'smtp-dsn', 'synthetic'].flatMap((kind) =>
    readdirSync(resolve(folder, kind))
      .filter((name) => name.endsWith('.eml'))
      .map((name) => `${kind}/${name}`),
  );

  test.each(files)('%s can be read', (file) => {
    // The line with which a mailbox file begins each message is no part of the message.
    const message = readFileSync(resolve(folder, file), 'latin1').replace(/^From .*\n/, '');

    expect(codeOf(message)).toBeUndefined();
  });
});
