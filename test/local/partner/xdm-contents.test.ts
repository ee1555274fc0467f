import { describe, expect, test } from '@jest/globals';
import { readXdm } from '../../../infra/local/partner/xdm/contents.ts';
import { DOCUMENT, sampleXdm } from './xdm-sample.ts';

describe('what the partner reads in a package', () => {
  test('all that is there, and each document as it is described', () => {
    const other = { uri: 'DOC00002.XML', bytes: Buffer.from('<b/>') };
    const read = readXdm(sampleXdm([DOCUMENT, other]));
    expect(read.problems).toEqual([]);
    expect(read.metadata).toContain('SubmitObjectsRequest');
    expect(read.entries.map(({ name }) => name)).toContain('README.TXT');
    expect(
      read.documents.map(({ name, mimeType, bytes }) => [name, mimeType, Buffer.from(bytes)]),
    ).toEqual([
      ['IHE_XDM/SUBSET01/DOC00001.XML', 'text/xml', DOCUMENT.bytes],
      ['IHE_XDM/SUBSET01/DOC00002.XML', 'text/xml', other.bytes],
    ]);
  });

  test.each<[problem: RegExp, zip: () => Uint8Array]>([
    [/has 19 bytes, not 18/, () => sampleXdm([{ ...DOCUMENT, size: 18 }])],
    [
      /SHA-1 of DOC00001.XML is [0-9a-f]{40}, not 00/,
      () => sampleXdm([{ ...DOCUMENT, hash: '00' }]),
    ],
    [
      /DOC00001.XML is described and not there/,
      () => sampleXdm([DOCUMENT], { 'IHE_XDM/SUBSET01/DOC00001.XML': undefined }),
    ],
    [/describes no document/, () => sampleXdm([])],
    [/there is no INDEX.HTM/, () => sampleXdm([DOCUMENT], { 'INDEX.HTM': undefined })],
    [/there is no README.TXT/, () => sampleXdm([DOCUMENT], { 'README.TXT': undefined })],
    [
      /there are 0 METADATA.XML/,
      () => sampleXdm([DOCUMENT], { 'IHE_XDM/SUBSET01/METADATA.XML': undefined }),
    ],
    [
      /there are 2 METADATA.XML/,
      () => sampleXdm([DOCUMENT], { 'IHE_XDM/SUBSET02/METADATA.XML': Buffer.from('<x/>') }),
    ],
    [/the zip cannot be read/, () => Buffer.from('PK, or so they say')],
  ])('minds: %s', (problem, zip) => {
    expect(readXdm(zip()).problems).toEqual([expect.stringMatching(problem)]);
  });
});
