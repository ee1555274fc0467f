import { cachedAuthority, issueQuickly } from '../../support/pki.ts';
import { fhirServer } from '../../../shared/adapters/fhir/fhir-server.ts';
import { fhirSource } from '../../../shared/adapters/fhir/fhir-source.ts';
import type { Credential } from '../../../shared/adapters/relay-secret.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import type { RecordSource as Source } from '../../../shared/record/source/refresh.ts';
import { RecordSource, type FhirSourceSettings } from '../../../shared/settings-record-source.ts';
import { patient } from '../../contracts/stores/samples.ts';
import { memoryFetch } from '../../support/memory/fetch.ts';
import { startFhirServer, type FhirClient } from '../../support/servers/fhir-server.ts';
import { forIp } from '../smtp/tls-servers.ts';

export const SEARCH =
  '/DocumentReference?patient.identifier=urn:oid:1.2.3|ada-1&type=http://loinc.org|34133-9&status=current&_sort=-date&_count=50';
export const ELSEWHERE = 'https://elsewhere.example/Binary/1';

const SECRET: FhirClient = { clientId: 'transmit', clientSecret: 'a secret' };

/** A FHIR server, who may have its tokens, and a source that asks it. */
export async function fhirWorld(client: FhirClient = SECRET) {
  const by = await cachedAuthority('Web Authority');
  const { certificatePem, privateKeyPem } = await issueQuickly(by, forIp(127, 0, 0, 1));
  const server = await startFhirServer({ key: privateKeyPem, cert: certificatePem }, client);
  const web = memoryFetch();
  const { host: tokenHost } = new URL(server.tokenUrl);
  let time = new Date();

  /** @param shows what the relay secret has for the token endpoint */
  function sourceOf(more: object = {}, shows: object | undefined = SECRET): Source {
    const settings = RecordSource.parse({
      kind: 'fhir',
      url: server.url,
      tokenUrl: server.tokenUrl,
      patientSystem: 'urn:oid:1.2.3',
      authorities: [by.certificatePem],
      ...more,
    }) as FhirSourceSettings;
    const credentials = async (host: string) =>
      host === tokenHost && shows !== undefined ? [{ host, ...shows } as Credential] : [];
    return fhirSource(settings, {
      server: fhirServer(settings, credentials, () => time),
      fetch: web.fetch,
    });
  }

  return {
    ...server,
    web,
    sourceOf,
    current: (more: object = {}) => sourceOf(more).current(patient()),
    pass: (seconds: number) => void (time = new Date(time.getTime() + 1000 * seconds)),
  };
}

export type FhirWorld = Awaited<ReturnType<typeof fhirWorld>>;

export const reference = (attachment: object, more: object = {}) => ({
  resource: {
    resourceType: 'DocumentReference',
    status: 'current',
    date: '2026-11-01T10:00:00Z',
    content: [{ attachment: { contentType: 'text/xml', ...attachment } }],
    ...more,
  },
});
export const inline = (name: string, more: object = {}) =>
  reference({ data: Buffer.from(name).toString('base64') }, more);
export const bundle = (entry: readonly object[], more: object = {}) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry,
  ...more,
});

/** The documents that were found, as text; or the code. */
export const textsIn = (found: Outcome<readonly Uint8Array[]>): unknown =>
  found.ok ? found.value.map((each) => Buffer.from(each).toString()) : found.failure.code;
