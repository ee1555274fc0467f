import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RecordDocument } from '../../../shared/record/record.ts';
import { sampleCcda, sampleCcdaText } from '../../support/ccda.ts';
import { type HttpWorld, httpWorld, SYSTEM } from '../http-world.ts';
import { register } from '../steps.ts';

const DOCUMENT = '/v1/patients/ana/record/documents/ccd-1';
const ANOTHER = '/v1/patients/ana/record/documents/ccd-2';
const NO_SECTIONS = sampleCcdaText().replaceAll(
  /<component><section>.*?<\/section><\/component>/gs,
  '',
);
const withSection = (attributes: string, more = ''): Uint8Array =>
  Buffer.from(
    NO_SECTIONS.replace(
      '<structuredBody>',
      `<structuredBody><component><section${attributes}><code code="46240-8"/>${more}</section></component>`,
    ),
  );
const SAMPLE_HAS = 'allergies medications problems results social-history vital-signs'.split(' ');

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await register(world);
});

const put = (bytes: Uint8Array, path = DOCUMENT) =>
  world.ask(`PUT ${path}`, {
    as: SYSTEM,
    bytes,
    headers: { 'content-type': 'application/xml' },
  });

async function current(): Promise<readonly RecordDocument[]> {
  const patient = await world.ports.patients.get('ana' as never);
  return patient.ok ? world.ports.records.list(patient.value.key) : [];
}

const listed = async () =>
  (await world.ask('GET /v1/patients/ana/record', { as: SYSTEM })).body.sections;

describe('the sections of the record', () => {
  test('are told when a document is kept, and with the record', async () => {
    const { sections } = (await put(sampleCcda())).body;
    expect(sections).toMatchObject({ present: SAMPLE_HAS, empty: [] });
    expect(sections.missing).toHaveLength(8);
    expect(await listed()).toEqual(sections);
  });

  test('are the best of all current documents, this one included', async () => {
    await put(sampleCcda());
    const second = (await put(withSection(' nullFlavor="NI"'), ANOTHER)).body.sections;
    expect(second).toMatchObject({ present: SAMPLE_HAS, empty: ['encounters'] });
    const told = withSection('', '<text>Visit of 2 March</text>');
    const third = (await put(told, ANOTHER)).body.sections;
    expect(third).toMatchObject({ present: expect.arrayContaining(['encounters']), empty: [] });
    expect(await listed()).toEqual(third);
  });

  test('of a document that was replaced or removed are no longer counted', async () => {
    await put(sampleCcda());
    const { sections } = (await put(Buffer.from(NO_SECTIONS))).body;
    expect(sections).toMatchObject({ present: [], empty: [] });
    await put(sampleCcda(), ANOTHER);
    await world.ask(`DELETE ${ANOTHER}`, { as: SYSTEM });
    expect(await listed()).toEqual(sections);
  });

  test('are all missing where there is no document', async () => {
    expect((await listed()).missing).toHaveLength(14);
  });

  test('of a document that was kept before they were looked for count as nothing', async () => {
    await put(sampleCcda());
    const [{ sections: _, ...old }] = (await current()) as [RecordDocument];
    await world.ports.records.remove(old.patientKey, old.documentId, world.ports.now());
    await world.ports.records.keep(old);
    expect((await put(withSection(''), ANOTHER)).body.sections).toMatchObject({
      present: [],
      empty: ['encounters'],
    });
  });
});
