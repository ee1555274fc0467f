import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { checkClinicalDocument } from '../../shared/record/intake.ts';
import { encodeLines } from './mail/base64-lines.ts';
import { chance, documentOf, documentsOf } from './payloads/documents.ts';
import { invented, partsOf, structured } from './payloads/sections.ts';

const BUILDING = invented();

const ratioOf = (bytes: Buffer): number => bytes.length / deflateRawSync(bytes).length;

describe('a payload', () => {
  test.each(['structured', 'base64'] as const)('passes the intake: %s', (family) => {
    expect(checkClinicalDocument(documentOf(BUILDING, family, 100_000)).ok).toBe(true);
  });

  test.each(['structured', 'base64'] as const)('has the size that was asked for: %s', (family) => {
    const { length } = documentOf(BUILDING, family, 1_000_000);
    expect(length).toBeGreaterThan(980_000);
    expect(length).toBeLessThanOrEqual(1_000_000);
  });

  test('is the same at every run, and another for each document of a record', () => {
    expect(documentOf(BUILDING, 'base64', 50_000)).toEqual(documentOf(BUILDING, 'base64', 50_000));
    const [first, second] = [0, 1].map((at) => documentOf(BUILDING, 'structured', 200_000, at));
    expect(first).not.toEqual(second);
  });

  test('of 30 MB is two documents, for the intake takes none that large', () => {
    const lengths = documentsOf(BUILDING, 'base64', '30m').map(({ length }) => length);
    expect(lengths.map((length) => Math.round(length / 1000))).toEqual([15_000, 15_000]);
  });

  test('that is invented gets as small as real ones do, and base64 hardly smaller', () => {
    const ratio = ratioOf(documentOf(BUILDING, 'structured', 1_000_000));
    expect(ratio).toBeGreaterThan(8);
    expect(ratio).toBeLessThan(10.5);
    expect(ratioOf(documentOf(BUILDING, 'base64', 1_000_000))).toBeLessThan(1.5);
  });
});

test('a document is cut into its outermost components, however many lie in them', () => {
  const sections = [
    '<component><section><component>a</component></section></component>',
    '<component>b</component>',
  ];
  const parts = partsOf(structured('<ClinicalDocument>', sections));
  expect(parts).toEqual({ header: '<ClinicalDocument>', sections });
});

test('the base64 of the limit is base64', () => {
  const bytes = chance(4 * 57 + 1, 3);
  const text = bytes.subarray(0, -1).toString('base64').replace(/.{76}/g, '$&\r\n');
  expect(Buffer.from(encodeLines(bytes)).toString()).toBe(text);
});
