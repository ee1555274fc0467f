import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { patient } from '../../contracts/stores/samples.ts';
import { sampleCcda } from '../../support/ccda.ts';
import type { Said } from '../../support/servers/fhir-server.ts';
import {
  bundle,
  ELSEWHERE,
  fhirWorld,
  inline,
  reference,
  SEARCH,
  textsIn,
  type FhirWorld,
} from './fhir-world.ts';

const CCDA = Buffer.from(sampleCcda());
const pageAt = (url: string) => ({
  link: [
    { relation: 'self', url: 'x' },
    { relation: 'next', url },
  ],
});
const patients = (...ids: string[]) =>
  bundle(ids.map((id) => ({ resource: { resourceType: 'Patient', id } })));

let world: FhirWorld;
beforeEach(async () => {
  world = await fhirWorld();
});
afterEach(() => world.close());

describe('a document', () => {
  test.each<[string, object, string, Said]>([
    [
      'under a URL of the server',
      { url: 'Binary/1' },
      '/Binary/1',
      { type: 'text/xml', bytes: CCDA },
    ],
    [
      'with parameters of its type',
      { url: 'Binary/1', contentType: 'application/hl7-v3+xml; charset=utf-8' },
      '/Binary/1',
      { type: 'Application/XML;charset=utf-8', bytes: CCDA },
    ],
    [
      'in a Binary',
      { url: 'Binary/1' },
      '/Binary/1',
      { resourceType: 'Binary', contentType: 'text/xml', data: CCDA.toString('base64') },
    ],
    ['in the reference itself', { data: CCDA.toString('base64') }, '/nothing', {}],
  ])('%s is had, byte for byte', async (_, attachment, path, said) => {
    world.has(SEARCH, bundle([reference(attachment)]));
    world.has(path, said);
    const found = await world.current();
    expect(found.ok && found.value.map((each) => Buffer.compare(each, CCDA))).toEqual([0]);
  });

  test('is the newest of those that are current, wherever it stands', async () => {
    world.has(
      SEARCH,
      bundle([
        inline('old', { date: '2026-01-01T00:00:00Z' }),
        inline('of no date', { date: undefined }),
        inline('newest', { date: '2026-11-02T00:30:00+02:00' }),
        inline('newer', { date: '2026-11-01T22:00:00Z' }),
      ]),
    );
    expect(textsIn(await world.current())).toEqual(['newest']);
    const all = await world.current({ atMostDocuments: 5 });
    expect(textsIn(all)).toEqual(['newest', 'newer', 'old', 'of no date']);
  });

  test('that is superseded, entered in error or no XML is passed over', async () => {
    world.has(
      SEARCH,
      bundle([
        { resource: { resourceType: 'OperationOutcome', issue: [] }, search: { mode: 'outcome' } },
        {},
        inline('superseded', { status: 'superseded' }),
        inline('in error', { docStatus: 'entered-in-error' }),
        reference({ contentType: 'application/pdf', data: 'cGRm' }),
      ]),
    );
    expect(textsIn(await world.current())).toEqual([]);
  });

  test('in several forms is one document', async () => {
    const [pdf, xml] = [{ contentType: 'application/pdf' }, { contentType: 'text/xml' }];
    const content = [pdf, { ...xml, data: 'eG1s' }, { ...xml, data: 'b3RoZXI=' }];
    const forms = content.map((attachment) => ({ attachment: { data: 'cGRm', ...attachment } }));
    world.has(SEARCH, bundle([reference({}, { content: forms })]));
    expect(textsIn(await world.current({ atMostDocuments: 5 }))).toEqual(['xml']);
  });

  test('lies elsewhere: it is fetched through the guard, without the token', async () => {
    world.has(SEARCH, bundle([reference({ url: ELSEWHERE })]));
    world.web.set(ELSEWHERE, CCDA);
    const found = await world.current();
    expect(found).toMatchObject({ ok: true, value: [{ length: CCDA.length }] });
    expect(world.web.asked).toHaveLength(1);
    expect(JSON.stringify(world.web.asked)).not.toContain('token-');
  });
});

describe('pages', () => {
  test('are all read: the newest may be on the last', async () => {
    world.has(SEARCH, bundle([inline('one', { date: '2026-01-01T00:00:00Z' })], pageAt('?page=2')));
    world.has('/?page=2', bundle([inline('two')], pageAt(`${world.url}?page=3`)));
    world.has('?page=3', bundle([]));
    expect(textsIn(await world.current())).toEqual(['two']);
    expect(world.tokens()).toBe(1);
  });

  test.each([
    'https://elsewhere.example/fhir?page=2',
    '//elsewhere.example/',
    'http://[',
    'file:///',
  ])('record/source-refused: the next one is at %s', async (url) => {
    world.has(SEARCH, bundle([inline('one')], pageAt(url)));
    expect(textsIn(await world.current())).toBe('record/source-refused');
    expect(world.web.asked).toEqual([]);
  });

  test('record/source-refused: they do not end', async () => {
    world.has(SEARCH, bundle([], pageAt('?page=1')));
    world.has('/?page=1', bundle([], pageAt('?page=1')));
    expect(textsIn(await world.current())).toBe('record/source-refused');
    expect(world.asked).toHaveLength(10);
  });
});

describe('$docref', () => {
  const PATIENT = '/Patient?identifier=urn:oid:1.2.3|ada-1&_elements=id&_count=2';
  const DOCREF = '/DocumentReference/$docref?patient=p-1&type=http://loinc.org|34133-9';
  test('is asked by the server’s own id of the patient', async () => {
    world.has(PATIENT, patients('p-1'));
    world.has(DOCREF, bundle([inline('made now')]));
    expect(textsIn(await world.current({ search: 'docref' }))).toEqual(['made now']);
  });

  test('is not asked of a patient whom the server does not know, or not as one', async () => {
    world.has(PATIENT, patients());
    expect(textsIn(await world.current({ search: 'docref' }))).toEqual([]);
    world.has(PATIENT, patients('p-1', 'p-2'));
    expect(textsIn(await world.current({ search: 'docref' }))).toBe('record/source-refused');
    world.has(PATIENT, patients('../../admin'));
    expect(textsIn(await world.current({ search: 'docref' }))).toEqual([]);
    expect(new Set(world.asked)).toEqual(new Set([PATIENT]));
  });
});

describe('a patient', () => {
  test('is asked for by all identifiers of the system, each as FHIR escapes it', async () => {
    const identifiers = ['a|b,c$d\\e', 'f'].map((value) => ({ system: '1.2.3', value }));
    await world.sourceOf().current(patient('ada', { identifiers }));
    expect(world.asked[0]).toContain('=urn:oid:1.2.3|a\\|b\\,c\\$d\\\\e,urn:oid:1.2.3|f&type=');
  });

  test('without one is not asked for', async () => {
    expect(textsIn(await world.current({ patientSystem: 'https://other.example' }))).toEqual([]);
    expect([world.asked, world.tokens()]).toEqual([[], 0]);
  });
});
