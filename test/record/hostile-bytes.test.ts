import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DocumentHeader } from '../../shared/record/header.ts';
import { readHeader } from '../../shared/record/read-header.ts';
import { checkDocument, type CheckedDocument } from '../../shared/record/intake.ts';
import { sampleCcda } from '../support/ccda.ts';
import { cases } from '../support/counts.ts';
import { cpuMsOf } from '../support/cpu.ts';
import { sampleBundle, samplePdf, SAMPLE_TEXT } from '../support/files.ts';
import { bytesLike, LONG_MS } from '../support/mutations.ts';
import { describeWith, SHARED } from '../support/needs.ts';

const ANSWER = /^accepted$|^record\//;

const sameHeader = (checked: CheckedDocument, header: DocumentHeader): boolean =>
  'header' in checked && isDeepStrictEqual(checked.header, header);

describe('bytes like those of a document', () => {
  test(
    'are accepted or refused; what is accepted has a header for the sender, and the same one',
    () => {
      fc.assert(
        fc.property(bytesLike(sampleCcda()), (bytes) => {
          const checked = checkDocument(bytes, 'text/xml');
          const header = readHeader(bytes);
          expect(checked.ok ? 'accepted' : checked.failure.code).toMatch(ANSWER);
          expect(header.ok ? 'accepted' : header.failure.code).toMatch(ANSWER);
          const agreed = checked.ok && header.ok && sameHeader(checked.value, header.value);
          expect(agreed).toBe(checked.ok);
        }),
        { numRuns: cases(2_000, 100_000) },
      );
    },
    LONG_MS,
  );

  test.each([
    ['application/pdf', samplePdf()],
    ['text/plain', SAMPLE_TEXT],
    ['application/fhir+json', sampleBundle()],
  ] as const)(
    'are accepted or refused as %s',
    (type, sample) => {
      fc.assert(
        fc.property(bytesLike(sample), (bytes) => {
          const checked = checkDocument(bytes, type);
          expect(checked.ok ? 'accepted' : checked.failure.code).toMatch(ANSWER);
        }),
        { numRuns: cases(2_000, 100_000) },
      );
    },
    LONG_MS,
  );
});

describeWith(['shared'], 'documents that others made to do harm', () => {
  const folder = `${SHARED}/vectors/ccda-nasty`;
  const all = existsSync(folder) ? readdirSync(folder) : ['none.xml'];
  const files = all.filter((name) => name.endsWith('.xml'));
  const smallest = sampleCcda().length;

  test.each(files)('%s is judged in twenty times of what a good one of its size takes', (name) => {
    const bytes = readFileSync(`${folder}/${name}`);
    const good = sampleCcda({ filling: Math.max(bytes.length - smallest, 0) });
    const goodMs = cpuMsOf(() => expect(checkDocument(good, 'text/xml').ok).toBe(true));
    const spentMs = cpuMsOf(() => checkDocument(bytes, 'text/xml'));
    expect(spentMs).toBeLessThan(20 * Math.max(goodMs, 1));
  });
});
