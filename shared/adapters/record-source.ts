import type { Fetch } from '../discover/fetch.ts';
import type { Now } from '../clock.ts';
import { recordFrom, uploadedRecord, type RefreshRecord } from '../record/source/refresh.ts';
import type { KeepDocumentPorts } from '../record/keep-document.ts';
import type { Settings } from '../settings.ts';
import { dynamoStoresWithPatients } from './dynamo/stores.ts';
import { fhirServer } from './fhir/fhir-server.ts';
import { fhirSource } from './fhir/fhir-source.ts';
import { relayCredentials } from './relay-secret.ts';
import { s3Bytes } from './s3-bytes.ts';

type Env = Readonly<
  Record<'MAIN_TABLE' | 'PEPPER_SECRET' | 'RECORDS_BUCKET' | 'RELAY_SECRET', string>
>;

interface Given {
  readonly fetch: Fetch;
  readonly now: Now;
}

/** What is kept, for a function that sends it, and how the record becomes what it is now before that. */
export async function recordPorts(env: Env, settings: Settings, { fetch, now }: Given) {
  const stores = await dynamoStoresWithPatients(env.MAIN_TABLE, env.PEPPER_SECRET);
  const recordBytes = s3Bytes(env.RECORDS_BUCKET);
  const keeping = { ...stores, recordBytes, now, fetch };
  return { ...stores, recordBytes, refreshRecord: refreshBy(settings, env.RELAY_SECRET, keeping) };
}

/** @param relaySecret ARN; read only where the record lies elsewhere */
function refreshBy(
  { recordSource }: Settings,
  relaySecret: string,
  { fetch, ...keeping }: KeepDocumentPorts & Pick<Given, 'fetch'>,
): RefreshRecord {
  if (recordSource.kind === 'uploaded') return uploadedRecord;
  const server = fhirServer(recordSource, relayCredentials(relaySecret), keeping.now);
  return recordFrom(fhirSource(recordSource, { server, fetch }), keeping);
}
