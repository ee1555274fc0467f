import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DirectAddress, MessageId } from '../../shared/ids.ts';
import { innerMessage } from '../../shared/secure/inner-message.ts';
import {
  decodeBody,
  fileNameOf,
  headerOf,
  readMime,
  type MimeEntity,
} from '../../shared/secure/mime.ts';
import { cases } from '../support/counts.ts';
import { draft, valueOf } from './support/people.ts';
import { bytesOf } from './support/bytes-of.ts';

const read = (changes: Partial<typeof draft> = {}): MimeEntity =>
  valueOf(readMime(bytesOf(innerMessage({ ...draft, ...changes }))));

const NAMES = [
  'from',
  'to',
  'date',
  'subject',
  'message-id',
  'mime-version',
  'disposition-notification-to',
  'disposition-notification-options',
  'content-type',
];

describe('the inner message', () => {
  test('has the header of the message profile', () => {
    const entity = read();

    expect(entity.fields.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'from: City Hospital <records@holder.example>',
      'to: <dr.green@clinic.example>',
      'date: Sun, 09 Mar 2025 01:02:03 +0000',
      'subject: XDM/1.0/DDM Health record',
      'message-id: <k3j5x7q2@holder.example>',
      'mime-version: 1.0',
      'disposition-notification-to: <records@holder.example>',
      'disposition-notification-options: X-DIRECT-FINAL-DESTINATION-DELIVERY=optional,true',
      expect.stringMatching(/^content-type: multipart\/mixed; boundary="[^"]+"$/),
    ]);
  });

  test('has two parts: the text and the package', () => {
    const { parts } = read();
    const [text, zip] = parts;

    expect(parts).toHaveLength(2);
    expect(text!.contentType.value).toBe('text/plain');
    expect(headerOf(text!, 'content-transfer-encoding')).toBe('7bit');
    expect(Buffer.from(text!.body).toString()).toBe(`${draft.text}\r\n`);
    expect(zip!.contentType.value).toBe('application/zip');
    expect(headerOf(zip!, 'content-transfer-encoding')).toBe('base64');
    expect(Buffer.from(valueOf(decodeBody(zip!)))).toEqual(Buffer.from(draft.zip));
  });

  test('without a package is its text alone, under a subject that promises none', () => {
    const { zip: _, ...probe } = draft;
    const message = valueOf(readMime(bytesOf(innerMessage(probe))));
    expect(message.parts.map(({ contentType }) => contentType.value)).toEqual(['text/plain']);
    expect(headerOf(message, 'subject')).toBe('Address check');
    expect(headerOf(message, 'disposition-notification-to')).toContain(draft.from);
  });

  test('is the same bytes for the same draft, and has other boundaries for another Message-ID', () => {
    const other = { ...draft, messageId: 'other@holder.example' as MessageId };

    expect(bytesOf(innerMessage(draft))).toEqual(bytesOf(innerMessage({ ...draft })));
    expect(read(other).contentType).not.toEqual(read().contentType);
  });

  test('names the package in lower case with .zip', () => {
    const zip = read().parts[1]!;

    expect(fileNameOf(zip)).toBe('health-record.zip');
    expect(zip.contentType.parameters.get('name')).toBe('health-record.zip');
  });

  test.each([
    ['', '<records@holder.example>'],
    [' \r\n\t ', '<records@holder.example>'],
    ['Clinic 5', 'Clinic 5 <records@holder.example>'],
    ['Città', '=?utf-8?B?Q2l0dMOg?= <records@holder.example>'],
    ['Evil" <x@y.example>', '=?utf-8?B?RXZpbCIgPHhAeS5leGFtcGxlPg==?= <records@holder.example>'],
  ])('shows the name of the holder, encoded unless it is plain words: %j', (holderName, from) => {
    expect(headerOf(read({ holderName }), 'from')).toBe(from);
  });

  test('encodes a long name in words of at most 75 characters that each hold whole characters', () => {
    const holderName = 'Krankenhaus Ä€😀'.repeat(7);
    const words = headerOf(read({ holderName }), 'from')!.split(' ').slice(0, -1);

    expect(words.every((word) => word.length <= 75)).toBe(true);
    expect(
      words
        .map((word) => /^=\?utf-8\?B\?(.*)\?=$/.exec(word)![1]!)
        .map((word) =>
          new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(word, 'base64')),
        )
        .join(''),
    ).toBe(holderName.slice(0, 120).trim());
  });

  test.each(['Grüße', 'a'.repeat(200), 'tab\tand bell\u0007'])(
    'carries text that is not plain short lines in base64: %j',
    (text) => {
      const part = read({ text }).parts[0]!;

      expect(headerOf(part, 'content-transfer-encoding')).toBe('base64');
      expect(part.contentType.parameters.get('charset')).toBe('utf-8');
      expect(Buffer.from(valueOf(decodeBody(part))).toString()).toBe(`${text}\r\n`);
    },
  );

  test('whatever name, text and package: no header is added, 7-bit, CRLF, no line above 998', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(
        'x\r\nBcc: a@b.example',
        '\r\n\r\n--',
        '\u2028Bcc: a@b.example',
        '\ud800',
        '?=',
      ),
    );
    fc.assert(
      fc.property(anything, anything, fc.uint8Array(), (holderName, text, zip) => {
        const bytes = bytesOf(innerMessage({ ...draft, holderName, text, zip }));
        const lines = Buffer.from(bytes).toString('latin1').split('\r\n');
        const entity = valueOf(readMime(bytes));

        expect(lines.every((line) => /^[\t\x20-\x7e]{0,998}$/.test(line))).toBe(true);
        expect(entity.fields.map(({ name }) => name)).toEqual(NAMES);
        expect(entity.parts.map(({ fields }) => fields.length)).toEqual([2, 3]);
        expect(Buffer.compare(valueOf(decodeBody(entity.parts[1]!)), zip)).toBe(0);
      }),
      { numRuns: cases(100) },
    );
  });

  test.each(['a@b.example>\r\nBcc: <x@y.example', 'ü@b.example', 'a@b.example\u0000'])(
    'is not built at all when an address slipped past its parser: %j',
    (text) => {
      expect(() => bytesOf(innerMessage({ ...draft, to: text as DirectAddress }))).toThrow(
        'header To',
      );
    },
  );

  test('is not built without a date', () => {
    expect(() => bytesOf(innerMessage({ ...draft, date: new Date(Number.NaN) }))).toThrow('date');
  });
});
