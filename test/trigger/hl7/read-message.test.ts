import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readHeader, readMessage } from '../../../shared/trigger/hl7/read-message.ts';
import { componentsOf, repetitionsOf, textOf } from '../../../shared/trigger/hl7/segment.ts';
import { cases } from '../../support/counts.ts';
import { er7, read, respelled } from './messages.ts';

const pidOf = (text: string | Uint8Array) =>
  read(text).segments.find(({ name }) => name === 'PID')!;

/** PID-3. */
const written = (value: string, charset = '') =>
  textOf(pidOf(er7({ identifiers: value, charset })), 3);
/** PID-5. */
const familyName = (bytes: Uint8Array) => textOf(pidOf(bytes), 5);
/** With one byte for a name. */
const latin = (charset: string, byte: number) =>
  Buffer.from(er7({ charset }).replace('Rivera', String.fromCharCode(byte)), 'latin1');

const refusalOf = (text: string): string | undefined => {
  const bytes = Buffer.from(text);
  const header = readHeader(bytes);
  const message = header.ok ? readMessage(header.value, bytes) : header;
  return message.ok ? undefined : message.failure.code;
};

describe('segments', () => {
  test.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('end with %s', (_, end) => {
    const { header, segments } = read(er7({ end }));
    expect(segments.map(({ name }) => name)).toEqual(['EVN', 'PID', 'PV1']);
    expect([textOf(header, 10), textOf(header, 12)]).toEqual(['MSG-1', '2.5.1']);
    expect(textOf(segments[2]!, 3)).toBe('4E');
  });

  test('the last may end with the message, and empty lines mean nothing', () => {
    expect(read(`${er7({ end: '\r\r' })}ZZ1|a`).segments).toHaveLength(4);
  });

  test('a byte order mark before the first means nothing', () => {
    expect(textOf(read(`\ufeff${er7()}`).header, 10)).toBe('MSG-1');
  });
});

describe('separators', () => {
  test.each(['#!*/+', '|^~\\&', '$%@?;', ';:,_.', '^|~\\&'])('%s', (others) => {
    const text = respelled(er7(), '|^~\\&', others);
    const pid = pidOf(text);
    expect(repetitionsOf(pid, 3)).toHaveLength(1);
    expect(textOf(pid, 5, 2)).toBe('Ana');
  });

  test('a fifth in MSH-2 is of no account', () => {
    expect(textOf(read(er7().replace('^~\\&', '^~\\&#')).header, 10)).toBe('MSG-1');
  });

  test.each([
    ['three', 'MSH|^~\\|'],
    ['six', 'MSH|^~\\&#!|'],
    ['one twice', 'MSH|^^\\&|'],
    ['that of fields again', 'MSH|^~|&|A|B'],
    ['a letter', 'MSHA^~\\&A'],
    ['a letter in MSH-2', 'MSH|^~\\x|'],
    ['a blank', 'MSH ^~\\& '],
    ['none', 'MSH'],
  ])('are refused: %s', (_, text) => {
    expect(readHeader(Buffer.from(text))).toMatchObject({
      failure: { code: 'trigger/hl7-malformed' },
    });
  });
});

describe('a sequence', () => {
  test.each([
    ['\\F\\\\S\\\\T\\\\R\\\\E\\', '|^&~\\'],
    ['a\\X41\\b', 'aAb'],
    ['a\\X4142\\b', 'aABb'],
    ['\\XC3A9\\', 'é'],
    ['one\\.br\\two', 'one\ntwo'],
    ['\\H\\loud\\N\\', 'loud'],
    ['a\\.sp2\\b\\.in+4\\c', 'a\nbc'],
    ['a\\b', 'a\\b'],
    ['a\\', 'a\\'],
    ['\\E\\F\\E\\', '\\F\\'],
  ])('%s', (value, text) => {
    expect(written(value)).toBe(text);
  });

  test.each([
    '\\X4\\',
    '\\XZZ\\',
    '\\C2842\\',
    '\\Zlocal\\',
    '\\__proto__\\',
    '\\constructor\\',
    '\\\\',
  ])('that nobody can read stands for no text of an identifier: %s', (value) => {
    expect(written(`a${value}b`)).toBe('a\ufffdb');
  });

  test('of bytes is text of the message’s own character set', () => {
    expect(written('\\XE9\\', '8859/1')).toBe('é');
    expect(written('\\XE9\\', '8859/5')).toBe('щ');
  });

  test('names the message’s own separators', () => {
    const text = respelled(er7({ identifiers: 'x' }), '|^~\\&', '#!*/+').replace(
      '#x#',
      '#/F//S//R/#',
    );
    expect(textOf(pidOf(text), 3)).toBe('#!*');
  });

  test('is undone once, subcomponent by subcomponent', () => {
    const pid = pidOf(er7({ identifiers: 'a\\T\\b&c^d\\S\\e' }));
    expect(componentsOf(repetitionsOf(pid, 3)[0]!, pid)).toEqual([['a&b', 'c'], ['d^e']]);
  });
});

describe('the character set', () => {
  test.each([
    ['8859/1', 0xe9, 'é'],
    ['8859/2', 0xb1, 'ą'],
    ['8859/5', 0xe9, 'щ'],
    ['8859/7', 0xe1, 'α'],
    ['8859/9', 0xfe, 'ş'],
    ['8859/15', 0xa4, '€'],
    ['8859/1~', 0xe9, 'é'],
  ])('%s', (charset, byte, text) => {
    expect(familyName(latin(charset, byte))).toBe(text);
  });

  test.each(['UNICODE UTF-8', 'unicode utf-8', 'ASCII', ''])('%p is UTF-8', (charset) => {
    expect(familyName(Buffer.from(er7({ charset }).replace('Rivera', 'Müller')))).toBe('Müller');
  });

  test('of none, bytes that are no UTF-8 spoil only the text that they are in', () => {
    expect(familyName(latin('', 0xe9))).toBe('\ufffd');
  });

  test.each([
    ['UNICODE UTF-16', er7({ charset: 'UNICODE UTF-16' })],
    ['GB 18030-2000', er7({ charset: 'GB 18030-2000' })],
    ['ISO IR87', er7({ charset: 'ISO IR87' })],
    ['8859/12', er7({ charset: '8859/12' })],
    ['8859/1 and another', er7({ charset: '8859/1~ISO IR87' })],
  ])('is refused: %s', (_, text) => {
    const bytes = Buffer.from(text);
    const header = readHeader(bytes);
    expect(header.ok && readMessage(header.value, bytes)).toMatchObject({
      failure: { code: 'trigger/hl7-charset' },
    });
  });

  test('is refused: bytes that are none of the one that is named', () => {
    const bytes = latin('UNICODE UTF-8', 0xe9);
    const header = readHeader(bytes);
    expect(header.ok && readMessage(header.value, bytes)).toMatchObject({
      failure: { code: 'trigger/hl7-charset' },
    });
  });
});

describe('a message is refused', () => {
  test.each([
    ['trigger/hl7-malformed', 'nothing', ''],
    ['trigger/hl7-malformed', 'no MSH', 'PID|1'],
    ['trigger/hl7-malformed', 'a blank before MSH', ` ${er7()}`],
    ['trigger/hl7-malformed', 'a frame of MLLP', `\u000b${er7()}\u001c\r`],
    ['trigger/hl7-malformed', 'UTF-16', Buffer.from(er7(), 'utf16le').toString('latin1')],
    ['trigger/hl7-malformed', 'a header that does not end', `MSH|^~\\&|${'a'.repeat(9000)}`],
    ['trigger/hl7-malformed', 'a line that is no segment', er7({ more: ['and so on'] })],
    ['trigger/hl7-malformed', '251 fields', er7({ more: [`ZZ1${'|'.repeat(251)}`] })],
    ['trigger/hl7-malformed', '251 fields of MSH', `MSH|^~\\&${'|'.repeat(251)}`],
    [
      'trigger/hl7-malformed',
      '5001 segments',
      er7({ more: Array.from({ length: 5000 }, () => 'ZZ1') }),
    ],
    ['edge/too-large', '256 kB and more', er7({ more: [`ZZ1|${'a'.repeat(256 * 1024)}`] })],
    ['trigger/hl7-batch', 'a file', `FHS|^~\\&|A\r${er7()}`],
    ['trigger/hl7-batch', 'a batch', `BHS|^~\\&|A\r${er7()}`],
    ['trigger/hl7-batch', 'two', er7() + er7()],
  ])('%s: %s', (code, _, text) => {
    expect(refusalOf(text)).toBe(code);
  });

  test('and one as large as may be is read', () => {
    expect(
      refusalOf(er7({ more: Array.from({ length: 4990 }, () => `OBX${'|'.repeat(40)}`) })),
    ).toBe(undefined);
    expect(refusalOf(er7({ more: [`ZZ1${'|'.repeat(250)}`] }))).toBe(undefined);
  });
});

test('no bytes break the reader', () => {
  const start = fc.constantFrom('', 'MSH', 'MSH|^~\\&', er7(), er7({ charset: '8859/1' }));
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), (begin, rest) => {
      const bytes = Buffer.concat([Buffer.from(begin), rest]);
      const header = readHeader(bytes);
      if (!header.ok) return;
      const message = readMessage(header.value, bytes);
      if (!message.ok) return;
      for (const segment of [message.value.header, ...message.value.segments]) {
        for (const at of segment.fields.keys()) textOf(segment, at + 1, 2);
      }
    }),
    { numRuns: cases(300, 20_000) },
  );
});
