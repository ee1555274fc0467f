import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FailureCode } from '../../../shared/failures.ts';
import type { RecordDocument } from '../../../shared/record/record.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { SAMPLE_TEXT, sampleBundle, samplePdf } from '../../support/files.ts';
import { type Answered, type HttpWorld, httpWorld, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { MRN, register } from '../steps.ts';

const FILE = '/v1/patients/ana/record/documents/file-1';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await register(world);
});

const put = (type: string, bytes: Uint8Array, query = ''): Promise<Answered> =>
  world.ask(`PUT ${FILE}${query}`, { as: SYSTEM, bytes, headers: { 'content-type': type } });

async function current(): Promise<RecordDocument | undefined> {
  const patient = await world.ports.patients.get('ana' as never);
  const documents = patient.ok ? await world.ports.records.list(patient.value.key) : [];
  return documents[0];
}

describe('a file that is no clinical document', () => {
  test.each([
    ['application/pdf', 'application/pdf', samplePdf()],
    ['text/plain', 'text/plain;charset=UTF-8', SAMPLE_TEXT],
    ['text/plain', 'Text/Plain; format=flowed; charset="utf-8"', SAMPLE_TEXT],
    ['application/fhir+json', 'application/fhir+json; fhirVersion=4.0', sampleBundle()],
  ])('becomes current as %s', async (mimeType, contentType, bytes) => {
    const answered = await put(contentType, bytes);
    expect(answered).toMatchObject({ status: 201, body: { mimeType, sizeBytes: bytes.length } });
    const kept = await current();
    expect(kept).toMatchObject({ mimeType, labels: {}, sensitivity: { confidentiality: 'N' } });
    expect(await world.recordBytes.get(kept!.bytesAt)).toEqual(Uint8Array.from(bytes));
  });

  test('is kept with what the data holder says of it', async () => {
    const query = new URLSearchParams({
      title: 'Explanation of benefits, März',
      type: '11488-4',
      typeDisplay: 'Consult note',
      createdAt: '2026-03-02T10:00:00-06:00',
      confidentiality: 'R',
      language: 'es-MX',
    });
    const answered = await put('application/pdf', samplePdf(), `?${query.toString()}`);
    const labels = {
      title: 'Explanation of benefits, März',
      type: { code: '11488-4', display: 'Consult note' },
      createdAt: '2026-03-02T10:00:00-06:00',
      confidentiality: 'R',
      language: 'es-MX',
    };
    expect(answered).toMatchObject({ status: 201, body: { labels } });
    expect(await current()).toMatchObject({
      labels,
      sensitivity: { confidentiality: 'R', typeCode: '11488-4' },
    });
  });

  test('is as confidential as the stricter of what it says and what is said of it', async () => {
    const security = [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' },
    ];
    const bundle = JSON.parse(Buffer.from(sampleBundle()).toString()) as object;
    const strict = Buffer.from(JSON.stringify({ ...bundle, meta: { security } }));
    await put('application/fhir+json', strict, '?confidentiality=N');
    expect((await current())?.sensitivity?.confidentiality).toBe('V');
  });

  test('with another label is a change', async () => {
    await put('application/pdf', samplePdf(), '?title=One');
    expect((await put('application/pdf', samplePdf(), '?title=One')).body.change).toBe('unchanged');
    world.at('2026-11-22T12:00:01Z');
    expect((await put('application/pdf', samplePdf(), '?title=Two')).body.change).toBe('changed');
  });
});

const theirs = (value: string) => ({ system: `urn:oid:${MRN.system}`, value });
const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => theirs(index === 0 ? MRN.value : `MRN-9${index}`));

const putNaming = (...identifiers: readonly object[]) =>
  put('application/fhir+json', sampleBundle(identifiers));

describe('a Bundle about several', () => {
  const BO = { system: MRN.system, value: 'MRN-0002' };

  test('is accepted while nobody else here is registered with any of their numbers', async () => {
    expect(await putNaming(theirs(MRN.value), theirs(BO.value))).toMatchObject({ status: 201 });
    await register(world, 'bo', { identifiers: [BO] });
    expect(await putNaming(theirs(MRN.value))).toMatchObject({ status: 200 });
  });

  test.each([
    ['after', [theirs(MRN.value), theirs(BO.value)]],
    ['before', [theirs(BO.value), theirs(MRN.value)]],
  ])('record/patient-mismatch: one of them is registered here, named %s her', async (_, both) => {
    await register(world, 'bo', { identifiers: [BO] });
    await expectRefused(world, 'record/patient-mismatch', () => putNaming(...both));
    expect(await current()).toBeUndefined();
  });

  test('may have fifty numbers, each as often as it likes', async () => {
    const answered = await putNaming(...numbers(50), ...numbers(50));
    expect(answered).toMatchObject({ status: 201 });
  });

  test('record/too-complex: more numbers than anybody has', async () => {
    await expectRefused(world, 'record/too-complex', () => putNaming(...numbers(51)));
  });
});

test('a clinical document about two who are registered here is taken for either', async () => {
  const child = { root: MRN.system, extension: 'MRN-0002' };
  await register(world, 'bo', { identifiers: [{ system: child.root, value: child.extension }] });
  const both = sampleCcda({ patientIds: [{ root: MRN.system, extension: MRN.value }, child] });
  expect(await put('text/xml', both)).toMatchObject({ status: 201 });
});

describe('a file that is refused', () => {
  const anothers = [{ system: `urn:oid:${MRN.system}`, value: 'MRN-2' }];
  test.each<readonly [FailureCode, string, string, Uint8Array]>([
    ['record/not-pdf', 'text called PDF', 'application/pdf', SAMPLE_TEXT],
    ['record/not-text', 'a picture called text', 'text/plain', Uint8Array.of(0x89, 0x50, 0)],
    ['record/not-fhir', 'XML called FHIR', 'application/fhir+json', sampleCcda()],
    ['record/not-well-formed', 'a PDF called XML', 'text/xml', samplePdf()],
    [
      'record/patient-mismatch',
      "another patient's number",
      'application/fhir+json',
      sampleBundle(anothers),
    ],
    [
      'record/patient-mismatch',
      'her number, but nobody knows whose',
      'application/fhir+json',
      sampleBundle([{ value: MRN.value }]),
    ],
  ])('%s: %s', async (code, _, type, bytes) => {
    await expectRefused(world, code, () => put(type, bytes));
    expect(await current()).toBeUndefined();
  });

  test.each([
    ['an empty title', '?title=%20'],
    ['a title with a line end', '?title=a%0Ab'],
    ['a title without end', `?title=${'a'.repeat(257)}`],
    ['a type that is no LOINC code', '?type=note'],
    ['the name of no type', '?typeDisplay=Note'],
    ['a day that never was', '?createdAt=2026-02-30'],
    ['a time without a zone', '?createdAt=2026-02-03T10:00:00'],
    ['a confidentiality that is none', '?confidentiality=X'],
    ['a language that is none', '?language=en_US'],
    ['a label that nobody knows', '?author=me'],
  ])('edge/malformed: %s', async (_, query) => {
    await expectRefused(world, 'edge/malformed', () => put('application/pdf', samplePdf(), query));
  });

  test('edge/malformed: labels for a document that says it itself', async () => {
    await expectRefused(world, 'edge/malformed', () =>
      put('text/xml', sampleCcda(), '?confidentiality=R'),
    );
  });
});
