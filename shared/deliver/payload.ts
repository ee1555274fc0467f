import type { Now } from '../clock.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { packagePrepared, type Bundle } from '../package/package-record.ts';
import type { PreparedDocument } from '../package/prepared.ts';
import { packageXdr, type XdrBundle, type XdrCourse } from '../package/xdr/package-xdr.ts';
import type { PageMaker } from '../package/rendering/document-files.ts';
import type { Patient } from '../patient/patient.ts';
import type { PatientStore } from '../patient/store.ts';
import type { RecordStore } from '../record/store.ts';
import type { SenderSettings, Settings } from '../settings.ts';
import type { Transmission } from '../transmission/transmission.ts';
import type { PreparedDocuments } from './kept-documents.ts';

export interface PayloadPorts {
  readonly patients: PatientStore;
  readonly records: RecordStore;
  readonly documents: PreparedDocuments;
  readonly settings: Settings;
  readonly now: Now;
}

/** What is sent, of whom, in whose name. */
export interface Payload {
  readonly sender: SenderSettings;
  readonly patient: Patient;
  /** @failure record/none, record/held, record/excluded, package/failed-check */
  readonly asXdm: () => Outcome<Bundle>;
  /** @failure as `asXdm` */
  readonly asXdr: (how: XdrCourse) => Outcome<XdrBundle>;
}

/** What one function can hold beside the zip and the message that are made of it. */
export const MAX_RECORD_BYTES = 100 * 1024 * 1024;

/**
 * The record as it is now, ready to be packaged.
 *
 * @failure transmit-request/unknown-sender, patient/unknown, record/unchecked, package/too-large
 */
export async function payloadOf(
  transmission: Transmission,
  ports: PayloadPorts,
): Promise<Outcome<Payload>> {
  const sender = ports.settings.senders.find(({ address }) => address === transmission.sender);
  if (!sender) return fail('transmit-request/unknown-sender');
  const patient = await ports.patients.get(transmission.patientId);
  if (!patient.ok) return patient;
  const documents = await currentRecord(transmission, ports);
  if (!documents.ok) return documents;
  const input = {
    documents: documents.value,
    patient: patient.value,
    sender,
    recipient: transmission.address,
    submissionTime: ports.now(),
    transmissionId: transmission.id,
    fallbacks: ports.settings.fallbacks,
    sensitive: ports.settings.sensitive,
    makePages: await pageMaker(ports.settings),
    language: transmission.plan.language ?? 'en',
  };
  return done({
    sender,
    patient: patient.value,
    asXdm: () => packagePrepared(input),
    asXdr: (how) => packageXdr(input, how),
  });
}

/** Loaded when it is wanted: every function that sends would start more slowly for it. */
const pageMaker = async ({ htmlRendering }: Settings): Promise<PageMaker | undefined> =>
  htmlRendering ? (await import('../package/rendering/document-files.ts')).withPages : undefined;

/** @failure package/too-large, record/unchecked, and the codes of `readHeader` */
async function currentRecord(
  { patientKey }: Transmission,
  { records, documents }: PayloadPorts,
): Promise<Outcome<readonly PreparedDocument[]>> {
  const current = await records.list(patientKey);
  const sizeBytes = current.reduce((sum, document) => sum + document.sizeBytes, 0);
  if (sizeBytes > MAX_RECORD_BYTES) return fail('package/too-large', `${sizeBytes} bytes`);
  const prepared: PreparedDocument[] = [];
  for (const each of await Promise.all(current.map((document) => documents.of(document)))) {
    if (!each.ok) return each;
    prepared.push(each.value);
  }
  return done(prepared);
}
