import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { Outcome } from '../../../shared/outcome.ts';
import { readXdm, type ReadXdm } from '../../../shared/package/read-xdm.ts';
import type { PackageContext } from '../../../shared/package/package-record.ts';
import { packageSubmission, sendableSubmission } from '../../../shared/package/submission-xdm.ts';
import type { XdrSubmission } from '../../../shared/package/xdr/xdr.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { inputOf } from '../sample-input.ts';
import { ownSoap, plain, read } from '../xdr/requests.ts';

const OPEN = sampleCcda({ documentId: { root: '2.16.840.1.113883.19.5.1', extension: 'open' } });
const CLOSED = sampleCcda({
  documentId: { root: '2.16.840.1.113883.19.5.1', extension: 'closed' },
  confidentiality: 'R',
});

function submitted(change: (soap: string) => string, ...documents: readonly Uint8Array[]) {
  const { contents } = read(plain(change(ownSoap(...documents))));
  if (contents.kind !== 'submission') throw new Error('That is a report');
  return contents.submission;
}

const asItIs = (soap: string): string => soap;

const contextWith = (mode: PackageContext['sensitive']['mode']): PackageContext => {
  const { documents: _, sensitive, ...context } = inputOf();
  return { ...context, sensitive: { ...sensitive, mode } };
};

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code} ${outcome.failure.detail ?? ''}`);
  return outcome.value;
}

const packaged = (submission: XdrSubmission, mode: PackageContext['sensitive']['mode'] = 'send') =>
  valueOf(packageSubmission(submission, contextWith(mode)));

const inside = (zip: Uint8Array): ReadXdm => valueOf(readXdm(zip));

const file = (zip: Uint8Array, name: string): string =>
  Buffer.from(unzipSync(zip)[name] ?? []).toString();

const PASSWD = '<Slot name="URI"><ValueList><Value>../../etc/passwd</Value></ValueList></Slot>';

const named = (soap: string): string => soap.replace(/(<ExtrinsicObject[^>]*>)/, `$1${PASSWD}`);

const restricted = (soap: string): string =>
  soap.replace('nodeRepresentation="N"', 'nodeRepresentation="R"');

const evil = (soap: string): string =>
  soap.replace(/(<Name><LocalizedString value=")[^"]*/, '$1&lt;/Name>&quot;&amp;&#10;x');

describe('what came by XDR as a package', () => {
  test('holds the documents byte for byte, under the metadata that they came with', () => {
    const submission = submitted(asItIs, OPEN, CLOSED);
    const bundle = packaged(submission);
    expect(bundle).toMatchObject({ excluded: 0, notice: false, confidentiality: 'R' });
    expect(bundle.entries).toEqual([
      'README.TXT',
      'INDEX.HTM',
      'IHE_XDM/',
      'IHE_XDM/SUBSET01/',
      'IHE_XDM/SUBSET01/METADATA.XML',
      'IHE_XDM/SUBSET01/DOC00001.XML',
      'IHE_XDM/SUBSET01/DOC00002.XML',
    ]);
    const { documents, submissionSets, problems } = inside(bundle.zip);
    expect(problems).toEqual([]);
    expect(submissionSets).toEqual([submission.set]);
    expect(documents.map(({ bytes }) => Buffer.from(bytes))).toEqual(
      [OPEN, CLOSED].map((each) => Buffer.from(each)),
    );
    const given = submission.documents.map(({ described }, at) => ({
      ...described,
      uri: `DOC0000${at + 1}.XML`,
    }));
    expect(documents.map(({ described }) => described)).toEqual(given);
  });

  test('is the same bytes each time', () => {
    const submission = submitted(asItIs, OPEN);
    expect(Buffer.compare(packaged(submission).zip, packaged(submission).zip)).toBe(0);
  });

  test('says again what was said falsely of where a file lies', () => {
    const metadata = file(packaged(submitted(named, OPEN)).zip, 'IHE_XDM/SUBSET01/METADATA.XML');
    expect(metadata).not.toContain('passwd');
    expect(metadata.match(/name="URI"/g)).toHaveLength(1);
  });

  test.each(['exclude', 'send-with-notice'] as const)('a sensitive document: %s', (mode) => {
    const submission = submitted(asItIs, OPEN, CLOSED);
    const bundle = packaged(submission, mode);
    const isLeftOut = mode === 'exclude';
    expect(bundle).toMatchObject({ excluded: isLeftOut ? 1 : 0, notice: !isLeftOut });
    const { documents, problems } = inside(bundle.zip);
    expect(problems).toEqual([]);
    expect(documents).toHaveLength(isLeftOut ? 1 : 2);
    const left = submission.documents[1]?.id ?? '';
    const metadata = file(bundle.zip, 'IHE_XDM/SUBSET01/METADATA.XML');
    expect(metadata.includes(`"${left}"`)).toBe(!isLeftOut);
  });

  test('what metadata alone calls restricted is restricted', () => {
    expect(packageSubmission(submitted(restricted, OPEN), contextWith('hold'))).toMatchObject({
      failure: { code: 'record/held' },
    });
  });

  test.each([
    ['record/held', 'hold', [OPEN, CLOSED]],
    ['record/excluded', 'exclude', [CLOSED]],
  ] as const)('%s', (code, mode, documents) => {
    const submission = submitted(asItIs, ...documents);
    expect(packageSubmission(submission, contextWith(mode))).toMatchObject({ failure: { code } });
    expect(sendableSubmission(submission, contextWith(mode))).toMatchObject({ failure: { code } });
  });

  test('to be passed on by XDR, it is without what is left out', () => {
    const submission = submitted(asItIs, OPEN, CLOSED);
    const { submission: passed, excluded } = valueOf(
      sendableSubmission(submission, contextWith('exclude')),
    );
    expect(excluded).toBe(1);
    expect(passed.documents).toEqual(submission.documents.slice(0, 1));
    expect(JSON.stringify(passed.objects)).not.toContain(`"${submission.documents[1]?.id}"`);
    const whole = sendableSubmission(submission, contextWith('send'));
    expect(valueOf(whole).submission).toBe(submission);
  });

  test('no value of others is more than text in it', () => {
    const { documents, problems } = inside(packaged(submitted(evil, OPEN)).zip);
    expect(problems).toEqual([]);
    expect(documents[0]?.described.title).toBe('</Name>"& x');
  });
});
