import type { Now } from '../clock.ts';
import { sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { packagePrepared, type Bundle, type PackageContext } from '../package/package-record.ts';
import type { PreparedDocument } from '../package/prepared.ts';
import type { PageMaker } from '../package/rendering/document-files.ts';
import { packageSubmission, sendableSubmission } from '../package/submission-xdm.ts';
import {
  packageSubmissionAsXdr,
  packageXdr,
  type XdrBundle,
  type XdrCourse,
} from '../package/xdr/package-xdr.ts';
import { readXdr } from '../package/xdr/read-xdr.ts';
import type { XdrRequest, XdrSubmission } from '../package/xdr/xdr.ts';
import type { Patient } from '../patient/patient.ts';
import type { PatientStore } from '../patient/store.ts';
import type { RefreshRecord } from '../record/source/refresh.ts';
import type { BytesStore, RecordStore } from '../record/store.ts';
import type { SenderSettings, Settings } from '../settings.ts';
import type { SubmissionRef, Transmission } from '../transmission/transmission.ts';
import type { PreparedDocuments } from './kept-documents.ts';

export interface PayloadPorts {
  readonly patients: PatientStore;
  readonly records: RecordStore;
  readonly refreshRecord: RefreshRecord;
  readonly documents: PreparedDocuments;
  readonly recordBytes: Pick<BytesStore, 'get'>;
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
 * The record as it is now, or what came by XDR to be sent, ready to be packaged.
 *
 * @failure transmit-request/unknown-sender, patient/unknown, record/unchecked, package/too-large, and the codes of
 *   `RefreshRecord`
 */
export async function payloadOf(
  transmission: Transmission,
  ports: PayloadPorts,
): Promise<Outcome<Payload>> {
  const sender = ports.settings.senders.find(({ address }) => address === transmission.sender);
  if (!sender) return fail('transmit-request/unknown-sender');
  const patient = await ports.patients.get(transmission.patientId);
  if (!patient.ok) return patient;
  const { submission } = transmission;
  const context: PackageContext = {
    patient: patient.value,
    sender,
    recipient: transmission.address,
    submissionTime: ports.now(),
    transmissionId: transmission.id,
    fallbacks: ports.settings.fallbacks,
    sensitive: ports.settings.sensitive,
    makePages: await pageMaker(ports.settings),
    language: transmission.plan.language ?? 'en',
    ...(submission?.basis && { attested: true }),
  };
  const made = submission
    ? await ofSubmission(submission, context, ports)
    : await ofRecord(transmission, context, ports);
  return made.ok ? done({ sender, patient: patient.value, ...made.value }) : made;
}

type Made = Outcome<Pick<Payload, 'asXdm' | 'asXdr'>>;

async function ofRecord(
  transmission: Transmission,
  context: PackageContext,
  ports: PayloadPorts,
): Promise<Made> {
  const refreshed = await ports.refreshRecord(context.patient);
  if (!refreshed.ok) return refreshed;
  const documents = await currentRecord(transmission, ports);
  if (!documents.ok) return documents;
  const input = { ...context, documents: documents.value };
  return done({ asXdm: () => packagePrepared(input), asXdr: (how) => packageXdr(input, how) });
}

/** What was kept is read as it was when it came, and must be what came then. */
async function ofSubmission(
  { bytesAt, sha256: expected }: SubmissionRef,
  context: PackageContext,
  { recordBytes }: PayloadPorts,
): Promise<Made> {
  const bytes = await recordBytes.get(bytesAt);
  if (sha256(bytes) !== expected) return fail('record/unchecked');
  const read = readXdr(bytes);
  if (!read.ok) return read;
  const { contents, level } = read.value;
  if (contents.kind !== 'submission') return fail('record/unchecked');
  const { submission } = contents;
  return done({
    asXdm: () => packageSubmission(submission, context),
    asXdr: (how) => submissionAsXdr(submission, context, { ...how, ...(level && { level }) }),
  });
}

function submissionAsXdr(
  given: XdrSubmission,
  context: PackageContext,
  how: XdrCourse & Pick<XdrRequest, 'level'>,
): Outcome<XdrBundle> {
  const sendable = sendableSubmission(given, context);
  if (!sendable.ok) return sendable;
  const { submission, excluded } = sendable.value;
  const { sender, recipient: to } = context;
  const made = packageSubmissionAsXdr(submission, { ...how, from: sender.address, to });
  return made.ok ? done({ ...made.value, excluded }) : made;
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
