import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DirectAddress } from '../../shared/ids.ts';
import { innerMessage } from '../../shared/secure/inner-message.ts';
import { decodeBody, fileNameOf, headerOf, readMime } from '../../shared/secure/mime.ts';
import { requestText } from '../../shared/secure/request-text.ts';
import { cases } from '../support/counts.ts';
import { bytesOf } from './support/bytes-of.ts';
import { draft, valueOf } from './support/people.ts';

const ASKED = {
  destination: 'ellen.ross@somephr.example' as DirectAddress,
  patientName: 'Ellen Ross',
  holderName: 'Ashby Medical Center',
  recurring: true,
};

/** The parts of a message with request.txt as a receiver reads them. */
const partsWith = (asked: Partial<typeof ASKED> = {}) => {
  const text = requestText({ ...ASKED, ...asked });
  return valueOf(readMime(bytesOf(innerMessage({ ...draft, requestText: text })))).parts;
};

const requestIn = (asked: Partial<typeof ASKED> = {}): string =>
  Buffer.from(valueOf(decodeBody(partsWith(asked)[2]!))).toString();

describe('request.txt', () => {
  test('is four lines, each ended by CRLF', () => {
    expect(requestIn()).toBe(
      'Destination: ellen.ross@somephr.example\r\n' +
        'Patient: Ellen Ross\r\n' +
        'Data-holder: Ashby Medical Center\r\n' +
        'Recurring: Yes\r\n',
    );
    expect(requestIn({ recurring: false })).toContain('Recurring: No\r\n');
  });

  test('is an attachment of its name, behind the package', () => {
    const [, zip, request] = partsWith();
    expect(zip?.contentType.value).toBe('application/zip');
    expect(request?.contentType.value).toBe('text/plain');
    expect(fileNameOf(request!)).toBe('request.txt');
    expect(headerOf(request!, 'content-disposition')).toMatch(/^attachment;/);
    expect(headerOf(request!, 'content-transfer-encoding')).toBe('7bit');
  });

  test('is not there unless it is asked for', () => {
    expect(valueOf(readMime(bytesOf(innerMessage(draft)))).parts).toHaveLength(2);
  });

  test('carries a name in any script, as UTF-8 in base64', () => {
    const request = partsWith({ patientName: 'José Núñez 王小明' })[2]!;
    expect(headerOf(request, 'content-transfer-encoding')).toBe('base64');
    expect(request.contentType.parameters.get('charset')).toBe('utf-8');
    expect(requestIn({ patientName: 'José Núñez 王小明' })).toContain(
      'Patient: José Núñez 王小明\r\n',
    );
  });

  test('whatever the names: four lines, the message 7-bit, and the package as it was', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom(
        'x\r\nRecurring: Yes',
        'x\u2028Recurring: Yes',
        'x\u0085y',
        '\r\n.\r\n',
        '--',
      ),
    );
    fc.assert(
      fc.property(name, name, (patientName, holderName) => {
        const text = requestText({ ...ASKED, patientName, holderName, recurring: false });
        const bytes = bytesOf(innerMessage({ ...draft, requestText: text }));
        expect(Buffer.from(bytes).toString('latin1')).toMatch(/^(?:[\t\x20-\x7e]{0,998}\r\n)*$/);
        const { parts } = valueOf(readMime(bytes));
        const lines = Buffer.from(valueOf(decodeBody(parts[2]!)))
          .toString()
          .split(/[\r\n\u0085\u2028]+/);
        expect(lines.map((line) => line.split(':')[0])).toEqual([
          'Destination',
          'Patient',
          'Data-holder',
          'Recurring',
          '',
        ]);
        expect(lines[3]).toBe('Recurring: No');
        expect(Buffer.compare(valueOf(decodeBody(parts[1]!)), draft.zip)).toBe(0);
      }),
      { numRuns: cases(100) },
    );
  });
});
