import type { Now } from '../clock.ts';
import type { Directory } from '../discover/directory.ts';
import { discover } from '../discover/discover.ts';
import { domainOf, messageIdOf, sha256, type DirectAddress, type MessageId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { packageRecord, type Bundle } from '../package/package-record.ts';
import { patientName } from '../package/pages/names.ts';
import type { Patient } from '../patient/patient.ts';
import type { PatientStore } from '../patient/store.ts';
import type { DocumentWithBytes } from '../record/record.ts';
import type { BytesStore, RecordStore } from '../record/store.ts';
import { bodyText } from '../secure/body-text.ts';
import type { Draft } from '../secure/draft.ts';
import type { SigningKeys } from '../secure/keys.ts';
import { requestText } from '../secure/request-text.ts';
import { secureMessage } from '../secure/secure.ts';
import type { SenderSettings, Settings } from '../settings.ts';
import type { Transmission } from '../transmission/transmission.ts';
import type { Certificate } from '../trust/certificate.ts';
import { trust, type Trusted } from '../trust/trust.ts';
import type { Intent } from './hand-over.ts';

export interface PreparePorts {
  readonly patients: PatientStore;
  readonly records: RecordStore;
  readonly recordBytes: BytesStore;
  readonly directory: Directory;
  readonly anchors: readonly Certificate[];
  readonly keys: SigningKeys;
  readonly messageIdSecret: () => Promise<string>;
  readonly settings: Settings;
  readonly now: Now;
}

/** A message that is ready to leave, and what the ledger says before it does. */
export interface Prepared {
  readonly intent: Intent;
  readonly bytes: Uint8Array;
}

/** What one function can hold beside the zip and the message that are made of it. */
const MAX_RECORD_BYTES = 100 * 1024 * 1024;

interface Payload {
  readonly sender: SenderSettings;
  readonly patient: Patient;
  readonly bundle: Bundle;
}

/**
 * Makes the message of one attempt. The recipient's certificates are found and trusted before any patient data is
 * touched; then the record as it is now is packaged, signed and encrypted.
 *
 * @failure discover/*, trust/*, transmit-request/unknown-sender, patient/unknown, record/none, record/unchecked,
 *   record/held, record/excluded, package/too-large, package/failed-check, secure/no-identity
 */
export async function prepare(
  transmission: Transmission,
  attempt: number,
  ports: PreparePorts,
): Promise<Outcome<Prepared>> {
  const recipient = await trustedRecipient(transmission.address, ports);
  if (!recipient.ok) return recipient;
  const payload = await payloadOf(transmission, ports);
  if (!payload.ok) return payload;
  return secured(transmission, attempt, recipient.value, payload.value, ports);
}

async function trustedRecipient(
  address: DirectAddress,
  ports: PreparePorts,
): Promise<Outcome<Trusted>> {
  const { outcome } = await discover(address, ports);
  if (!outcome.ok) return outcome;
  const { anchors } = ports;
  return trust(address, outcome.value.certificates, 'encryption', { anchors, now: ports.now() })
    .outcome;
}

async function payloadOf(
  transmission: Transmission,
  ports: PreparePorts,
): Promise<Outcome<Payload>> {
  const sender = ports.settings.senders.find(({ address }) => address === transmission.sender);
  if (!sender) return fail('transmit-request/unknown-sender');
  const patient = await ports.patients.get(transmission.patientId);
  if (!patient.ok) return patient;
  const documents = await currentRecord(transmission, ports);
  if (!documents.ok) return documents;
  const bundle = packageRecord({
    documents: documents.value,
    patient: patient.value,
    sender,
    recipient: transmission.address,
    submissionTime: ports.now(),
    transmissionId: transmission.id,
    fallbacks: ports.settings.fallbacks,
    sensitive: ports.settings.sensitive,
    htmlRendering: ports.settings.htmlRendering,
    language: transmission.plan.language ?? 'en',
  });
  return bundle.ok ? done({ sender, patient: patient.value, bundle: bundle.value }) : bundle;
}

/** @failure package/too-large */
async function currentRecord(
  { patientKey }: Transmission,
  { records, recordBytes }: PreparePorts,
): Promise<Outcome<readonly DocumentWithBytes[]>> {
  const documents = await records.list(patientKey);
  const sizeBytes = documents.reduce((sum, document) => sum + document.sizeBytes, 0);
  if (sizeBytes > MAX_RECORD_BYTES) return fail('package/too-large', `${sizeBytes} bytes`);
  const read = documents.map(async (document) => ({
    document,
    bytes: await recordBytes.get(document.bytesAt),
  }));
  return done(await Promise.all(read));
}

/** What one message says, all in the language of its plan. */
function draftOf(
  { sender: from, address: to, plan }: Transmission,
  messageId: MessageId,
  { sender: { name: holderName }, patient, bundle }: Payload,
  { settings, now }: PreparePorts,
): Draft {
  const { zip, notice } = bundle;
  const recurring = plan.recurring ?? false;
  const asked = { destination: to, patientName: patientName(patient), holderName, recurring };
  return {
    from,
    to,
    messageId,
    date: now(),
    holderName,
    text: bodyText({ language: plan.language ?? 'en', holderName, notice }),
    zip,
    ...(settings.requestTxt ? { requestText: requestText(asked) } : {}),
  };
}

async function secured(
  transmission: Transmission,
  attempt: number,
  { certificates, proved }: Trusted,
  payload: Payload,
  ports: PreparePorts,
): Promise<Outcome<Prepared>> {
  const { id, sender: from } = transmission;
  const { keys, messageIdSecret } = ports;
  const { documents, excluded } = payload.bundle;
  const signer = await keys.signing(from);
  if (!signer.ok) return signer;
  const messageId = messageIdOf(id, await messageIdSecret(), domainOf(from));
  const { bytes } = await secureMessage(
    draftOf(transmission, messageId, payload, ports),
    signer.value,
    certificates.map(({ der }) => der),
  );
  return done({
    bytes,
    intent: {
      kind: 'intent',
      attempt,
      messageId,
      messageSha256: sha256(bytes),
      messageBytes: bytes.length,
      certificates: certificates.map(({ fingerprint }) => fingerprint),
      proved,
      documents: documents.length,
      ...(excluded > 0 ? { excluded } : {}),
    },
  });
}
