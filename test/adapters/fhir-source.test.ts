import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fhirServer } from '../../shared/adapters/fhir/fhir-server.ts';
import { fhirSource } from '../../shared/adapters/fhir/fhir-source.ts';
import type { Credential } from '../../shared/adapters/relay-secret.ts';
import type { Outcome } from '../../shared/outcome.ts';
import { RecordSource, type FhirSourceSettings } from '../../shared/settings-record-source.ts';
import { patient } from '../contracts/stores/samples.ts';
import { sampleCcda } from '../support/ccda.ts';
import { memoryFetch, type MemoryFetch } from '../support/memory/fetch.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import {
  startFhirServer,
  type FhirClient,
  type FhirTestServer,
  type Said,
} from '../support/servers/fhir-server.ts';
import { forIp } from './smtp/tls-servers.ts';

const CCDA = Buffer.from(sampleCcda());
const SEARCH =
  '/DocumentReference?patient.identifier=urn:oid:1.2.3|ada-1&type=http://loinc.org|34133-9&status=current&_sort=-date&_count=50';
const ELSEWHERE = 'https://elsewhere.example/Binary/1';

let tls: { key: string; cert: string };
let authority: string;
beforeAll(async () => {
  const by = await cachedAuthority('Web Authority');
  const { certificatePem, privateKeyPem } = await issueQuickly(by, forIp(127, 0, 0, 1));
  tls = { key: privateKeyPem, cert: certificatePem };
  authority = by.certificatePem;
});

let server: FhirTestServer;
let web: MemoryFetch;
let time: Date;
beforeEach(async () => {
  web = memoryFetch();
  time = new Date();
  server = await startFhirServer(tls, { clientId: 'transmit', clientSecret: 'a secret' });
});
afterEach(() => server.close());

const secretFor = (at: FhirTestServer): Credential => ({
  host: new URL(at.tokenUrl).host,
  clientId: 'transmit',
  clientSecret: 'a secret',
});

function sourceOf(
  more: object = {},
  credentials: readonly Credential[] = [secretFor(server)],
  at = server,
) {
  const settings = RecordSource.parse({
    kind: 'fhir',
    url: at.url,
    tokenUrl: at.tokenUrl,
    patientSystem: 'urn:oid:1.2.3',
    authorities: [authority],
    ...more,
  }) as FhirSourceSettings;
  const forHost = async (host: string) => credentials.filter((each) => each.host === host);
  const fhir = fhirServer(settings, forHost, () => time);
  return fhirSource(settings, { server: fhir, fetch: web.fetch });
}

const current = (more: object = {}) => sourceOf(more).current(patient());

const reference = (attachment: object, more: object = {}) => ({
  resource: {
    resourceType: 'DocumentReference',
    status: 'current',
    date: '2026-11-01T10:00:00Z',
    content: [{ attachment: { contentType: 'text/xml', ...attachment } }],
    ...more,
  },
});
const inline = (name: string, more: object = {}) =>
  reference({ data: Buffer.from(name).toString('base64') }, more);
const bundle = (entry: readonly object[], more: object = {}) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry,
  ...more,
});
const textsIn = (found: Outcome<readonly Uint8Array[]>): unknown =>
  found.ok ? found.value.map((each) => Buffer.from(each).toString()) : found.failure.code;

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
    server.has(SEARCH, bundle([reference(attachment)]));
    server.has(path, said);
    const found = await current();
    expect(found.ok && found.value.map((each) => Buffer.compare(each, CCDA))).toEqual([0]);
  });

  test('is the newest of those that are current, wherever it stands', async () => {
    server.has(
      SEARCH,
      bundle([
        inline('old', { date: '2026-01-01T00:00:00Z' }),
        inline('of no date', { date: undefined }),
        inline('newest', { date: '2026-11-02T00:30:00+02:00' }),
        inline('newer', { date: '2026-11-01T22:00:00Z' }),
      ]),
    );
    expect(textsIn(await current())).toEqual(['newest']);
    const all = await current({ atMostDocuments: 5 });
    expect(textsIn(all)).toEqual(['newest', 'newer', 'old', 'of no date']);
  });

  test('that is superseded, entered in error or no XML is passed over', async () => {
    server.has(
      SEARCH,
      bundle([
        { resource: { resourceType: 'OperationOutcome', issue: [] }, search: { mode: 'outcome' } },
        {},
        inline('superseded', { status: 'superseded' }),
        inline('in error', { docStatus: 'entered-in-error' }),
        reference({ contentType: 'application/pdf', data: 'cGRm' }),
      ]),
    );
    expect(textsIn(await current())).toEqual([]);
  });

  test('in several forms is one document', async () => {
    const [pdf, xml] = [{ contentType: 'application/pdf' }, { contentType: 'text/xml' }];
    const content = [pdf, { ...xml, data: 'eG1s' }, { ...xml, data: 'b3RoZXI=' }];
    const forms = content.map((attachment) => ({ attachment: { data: 'cGRm', ...attachment } }));
    server.has(SEARCH, bundle([reference({}, { content: forms })]));
    expect(textsIn(await current({ atMostDocuments: 5 }))).toEqual(['xml']);
  });

  test('lies elsewhere: it is fetched through the guard, without the token', async () => {
    server.has(SEARCH, bundle([reference({ url: ELSEWHERE })]));
    web.set(ELSEWHERE, CCDA);
    const found = await current();
    expect(found).toMatchObject({ ok: true, value: [{ length: CCDA.length }] });
    expect(web.asked).toHaveLength(1);
    expect(JSON.stringify(web.asked)).not.toContain('token-');
  });
});

describe('pages', () => {
  const pageAt = (url: string) => ({
    link: [
      { relation: 'self', url: 'x' },
      { relation: 'next', url },
    ],
  });

  test('are all read: the newest may be on the last', async () => {
    server.has(
      SEARCH,
      bundle([inline('one', { date: '2026-01-01T00:00:00Z' })], pageAt('?page=2')),
    );
    server.has('/?page=2', bundle([inline('two')], pageAt(`${server.url}?page=3`)));
    server.has('?page=3', bundle([]));
    expect(textsIn(await current())).toEqual(['two']);
    expect(server.tokens()).toBe(1);
  });

  test.each([
    'https://elsewhere.example/fhir?page=2',
    '//elsewhere.example/',
    'http://[',
    'file:///',
  ])('record/source-refused: the next one is at %s', async (url) => {
    server.has(SEARCH, bundle([inline('one')], pageAt(url)));
    expect(textsIn(await current())).toBe('record/source-refused');
    expect(web.asked).toEqual([]);
  });

  test('record/source-refused: they do not end', async () => {
    server.has(SEARCH, bundle([], pageAt('?page=1')));
    server.has('/?page=1', bundle([], pageAt('?page=1')));
    expect(textsIn(await current())).toBe('record/source-refused');
    expect(server.asked).toHaveLength(10);
  });
});

describe('$docref', () => {
  const PATIENT = '/Patient?identifier=urn:oid:1.2.3|ada-1&_elements=id&_count=2';
  const DOCREF = '/DocumentReference/$docref?patient=p-1&type=http://loinc.org|34133-9';
  const patients = (...ids: string[]) =>
    bundle(ids.map((id) => ({ resource: { resourceType: 'Patient', id } })));

  test('is asked by the server’s own id of the patient', async () => {
    server.has(PATIENT, patients('p-1'));
    server.has(DOCREF, bundle([inline('made now')]));
    expect(textsIn(await current({ search: 'docref' }))).toEqual(['made now']);
  });

  test('is not asked of a patient whom the server does not know, or not as one', async () => {
    server.has(PATIENT, patients());
    expect(textsIn(await current({ search: 'docref' }))).toEqual([]);
    server.has(PATIENT, patients('p-1', 'p-2'));
    expect(textsIn(await current({ search: 'docref' }))).toBe('record/source-refused');
    server.has(PATIENT, patients('../../admin'));
    expect(textsIn(await current({ search: 'docref' }))).toEqual([]);
    expect(new Set(server.asked)).toEqual(new Set([PATIENT]));
  });
});

describe('a patient', () => {
  test('is asked for by all identifiers of the system, each as FHIR escapes it', async () => {
    const identifiers = ['a|b,c$d\\e', 'f'].map((value) => ({ system: '1.2.3', value }));
    await sourceOf().current(patient('ada', { identifiers }));
    expect(server.asked[0]).toContain('=urn:oid:1.2.3|a\\|b\\,c\\$d\\\\e,urn:oid:1.2.3|f&type=');
  });

  test('without one is not asked for', async () => {
    expect(textsIn(await current({ patientSystem: 'https://other.example' }))).toEqual([]);
    expect([server.asked, server.tokens()]).toEqual([[], 0]);
  });
});

describe('what is no answer', () => {
  const speaking =
    (status: number, headers: object = {}) =>
    (response: {
      writeHead: (status: number, headers: object) => { end: (text: string) => void };
    }) =>
      response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end('{}');

  test.each<[string, Said, string]>([
    ['503', speaking(503), 'record/source-unavailable'],
    ['429', speaking(429), 'record/source-unavailable'],
    ['403', speaking(403), 'record/source-unavailable'],
    ['404', speaking(404), 'record/source-refused'],
    ['a redirect', speaking(302, { location: ELSEWHERE }), 'record/source-refused'],
    [
      'an answer that is packed',
      speaking(200, { 'content-encoding': 'gzip' }),
      'record/source-refused',
    ],
    [
      'broken off',
      (response) => void response.writeHead(200).destroy(),
      'record/source-unavailable',
    ],
    [
      'no JSON',
      { type: 'application/fhir+json', bytes: Buffer.from('<html>') },
      'record/source-refused',
    ],
    [
      'no UTF-8',
      { type: 'application/fhir+json', bytes: Buffer.from([0xff]) },
      'record/source-refused',
    ],
    ['no Bundle', { resourceType: 'Patient' }, 'record/source-refused'],
    [
      'a Bundle of another type',
      { resourceType: 'Bundle', type: 'message' },
      'record/source-refused',
    ],
    [
      'a reference without content',
      bundle([reference({}, { content: [] })]),
      'record/source-refused',
    ],
    [
      'JSON that is nested without end',
      { type: 'application/fhir+json', bytes: Buffer.from('['.repeat(100_000)) },
      'record/source-refused',
    ],
  ])('%s', async (_, said, code) => {
    server.has(SEARCH, said);
    expect(textsIn(await current())).toBe(code);
    expect(web.asked).toEqual([]);
  });

  test('record/source-refused: more than is read', async () => {
    server.has(SEARCH, (response) => {
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      const piece = Buffer.alloc(1_000_000, ' ');
      const pour = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    expect(textsIn(await current())).toBe('record/source-refused');
  });

  test('record/source-unavailable: nothing comes in time', async () => {
    server.has(SEARCH, () => undefined);
    expect(textsIn(await current({ withinSeconds: 1 }))).toBe('record/source-unavailable');
  });

  test.each<[string, object, Said, string]>([
    ['HTML', { url: 'Binary/1' }, { type: 'text/html', bytes: CCDA }, 'record/source-refused'],
    [
      'a Binary of another type',
      { url: 'Binary/1' },
      { resourceType: 'Binary', contentType: 'application/pdf', data: 'cGRm' },
      'record/source-refused',
    ],
    ['nothing', { url: 'Binary/2' }, {}, 'record/source-refused'],
    ['elsewhere, in clear', { url: 'http://elsewhere.example/1' }, {}, 'record/source-refused'],
    ['elsewhere, no URL', { url: 'https://user@elsewhere.example/1' }, {}, 'record/source-refused'],
  ])('the document itself is %s', async (_, attachment, said, code) => {
    server.has(SEARCH, bundle([reference(attachment)]));
    server.has('/Binary/1', said);
    expect(textsIn(await current())).toBe(code);
  });

  test.each([
    ['unreachable', 'record/source-unavailable'],
    ['too-slow', 'record/source-unavailable'],
    ['blocked', 'record/source-refused'],
    ['too-large', 'record/source-refused'],
  ] as const)('elsewhere it is %s: %s', async (fault, code) => {
    server.has(SEARCH, bundle([reference({ url: ELSEWHERE })]));
    web.break(ELSEWHERE, fault);
    expect(textsIn(await current())).toBe(code);
  });
});

describe('who we are', () => {
  test('is shown once for many questions, and again when the token counts no more', async () => {
    server.has(SEARCH, bundle([]));
    const source = sourceOf();
    await source.current(patient());
    await source.current(patient());
    expect(server.tokens()).toBe(1);
    server.revokeTokens();
    expect(textsIn(await source.current(patient()))).toEqual([]);
    expect(server.tokens()).toBe(2);
    time = new Date(time.getTime() + 301_000);
    await source.current(patient());
    expect(server.tokens()).toBe(3);
  });

  test.each(['P-384', 'RSA'])('is proved with a key of ours: %s', async (kind) => {
    const pair =
      kind === 'RSA'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: kind });
    const publicKey = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
    const privateKey = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const client: FhirClient = { clientId: 'transmit', publicKey };
    const other = await startFhirServer(tls, client);
    try {
      other.has(SEARCH, bundle([inline('found')]));
      const { host } = new URL(other.tokenUrl);
      const key = { host, clientId: 'transmit', privateKey, keyId: 'key-1' };
      const found = await sourceOf({}, [key], other).current(patient());
      expect(textsIn(found)).toEqual(['found']);
    } finally {
      await other.close();
    }
  });

  test('record/source-unavailable: is not believed, or the secret does not say it', async () => {
    const wrong = { ...secretFor(server), clientSecret: 'another' } as Credential;
    for (const credentials of [[wrong], []]) {
      const found = await sourceOf({}, credentials).current(patient());
      expect(textsIn(found)).toBe('record/source-unavailable');
    }
    expect(server.asked).toEqual([]);
  });
});
