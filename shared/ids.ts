import { createHash, createHmac, hash } from 'node:crypto';
import { done, fail, type Outcome } from './outcome.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The data holder's own id of a patient. Never part of a table key: `PatientKey` is. */
export type PatientId = Branded<'PatientId'>;
/** Made by `patientKeyOf`: stands for the patient in keys. */
export type PatientKey = Branded<'PatientKey'>;
export type DocumentId = Branded<'DocumentId'>;
/** Made by `documentKeyOf`: stands for the document in keys. */
export type DocumentKey = Branded<'DocumentKey'>;
export type ConsentId = Branded<'ConsentId'>;
export type RequestId = Branded<'RequestId'>;
export type TriggerId = Branded<'TriggerId'>;
export type BatchId = Branded<'BatchId'>;
export type TransmissionId = Branded<'TransmissionId'>;
/** Of what a client sent by XDR. */
export type SubmissionId = Branded<'SubmissionId'>;
/** Of a document that a system may post to the bucket. */
export type UploadId = Branded<'UploadId'>;
/** Of something about a request that the data holder is told once. */
export type MilestoneId = Branded<'MilestoneId'>;
export type WebhookId = Branded<'WebhookId'>;
/** Of one report to one of those who are told; it is the `webhook-id` of each attempt. */
export type DeliveryId = Branded<'DeliveryId'>;
/** Of one mail that answers a letter. */
export type AnswerId = Branded<'AnswerId'>;
/** What a report, and with it every copy of a report, is known by. */
export type ReportId = Branded<'ReportId'>;
/** Lower-case hex of 32 bytes. */
export type Sha256 = Branded<'Sha256'>;
/** RFC 5322 msg-id without its angle brackets. */
export type MessageId = Branded<'MessageId'>;
/** An addr-spec of dot-atoms, domain in lower case, local part as it was given. */
export type DirectAddress = Branded<'DirectAddress'>;
/** SHA-256 of the whole address in lower case, hex, first 32 digits: what stands for an address in keys. */
export type AddressKey = Branded<'AddressKey'>;

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 base32 in lower case, without padding. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text;
}

export const sha256 = (bytes: Uint8Array | string): Sha256 => hash('sha256', bytes) as Sha256;

/**
 * Ids of what a caller creates under an Idempotency-Key: the same caller with the same key means the same thing,
 * so a repeat after a crash finds what the first call left.
 */
export const consentIdOf = (patient: PatientKey, subject: string, key: string): ConsentId =>
  `con_${hashed('consent', patient, subject, key)}` as ConsentId;

export const requestIdOf = (patient: PatientKey, subject: string, key: string): RequestId =>
  `req_${hashed('request', patient, subject, key)}` as RequestId;

/** One event of one source is one trigger, however often it is posted. */
export const triggerIdOf = (source: string, eventId: string): TriggerId =>
  `trg_${hashed(source, eventId)}` as TriggerId;

/** One message of one client is one submission, however often it is posted. */
export const submissionIdOf = (client: string, messageId: string): SubmissionId =>
  `sub_${hashed('xdr', client, messageId)}` as SubmissionId;

/** @param random of 128 bits or more: whoever knows the id knows where a document is posted to */
export const uploadIdOf = (random: string): UploadId =>
  `upl_${hashed('upload', random)}` as UploadId;

/** Of the request that stands for what the client of a submission asserted. No key that a caller chose is one of these. */
export const attestedRequestIdOf = (patient: PatientKey, submission: SubmissionId): RequestId =>
  `req_${hashed('attested', patient, submission)}` as RequestId;

export const batchIdOf = (name: string): BatchId => `bat_${hashed(name)}` as BatchId;

/** Identity is computed: the same batch of the same request to the same address is the same transmission. */
export const transmissionIdOf = (
  request: RequestId,
  batch: BatchId,
  address: DirectAddress,
): TransmissionId => `tx_${hashed(request, batch, address.toLowerCase())}` as TransmissionId;

/** Of the message without health data that goes before a copy. */
export const probeIdOf = (copy: TransmissionId): TransmissionId =>
  `tx_${hashed('probe', copy)}` as TransmissionId;

/** Our Message-ID of a transmission: cannot be guessed without the secret, the same at each attempt. */
export const messageIdOf = (
  transmission: TransmissionId,
  secret: string,
  domain: string,
): MessageId =>
  `${base32(createHmac('sha256', secret).update(transmission).digest())}@${domain}` as MessageId;

/**
 * ENVID of an attempt (RFC 3461 section 4.4): cannot be guessed, so a delivery status that returns it comes from
 * somebody on the copy's way.
 */
export const envelopeIdOf = (
  transmission: TransmissionId,
  attempt: number,
  secret: string,
): MessageId =>
  base32(
    createHmac('sha256', secret).update(`envelope ${transmission} ${attempt}`).digest(),
  ) as MessageId;

/** The same thing that happened is the same milestone, however often it is written down. */
export const milestoneIdOf = (request: RequestId, kind: string, source: string): MilestoneId =>
  `mil_${hashed(request, kind, source)}` as MilestoneId;

export const webhookIdOf = (subject: string, key: string): WebhookId =>
  `whk_${hashed('webhook', subject, key)}` as WebhookId;

export const deliveryIdOf = (webhook: WebhookId, report: ReportId): DeliveryId =>
  `whd_${hashed(webhook, report)}` as DeliveryId;

/** @param submitter the subject of the system that sent a submission by XDR */
export const submitterDeliveryIdOf = (submitter: string, report: ReportId): DeliveryId =>
  `whd_${hashed('submitter', submitter, report)}` as DeliveryId;

/** @param letter SHA-256 of what its author signed: the same letter is answered once, by whatever way it comes again */
export const answerIdOf = (letter: Sha256, kind: string): AnswerId =>
  `ans_${hashed('answer', letter, kind)}` as AnswerId;

/** Message-ID of an answer: cannot be guessed without the secret, the same at each attempt. */
export const answerMessageIdOf = (answer: AnswerId, secret: string, domain: string): MessageId =>
  `${base32(createHmac('sha256', secret).update(`answer ${answer}`).digest())}@${domain}` as MessageId;

/** @param source what makes it the one thing that it is: a fact of a transmission, a milestone */
export const reportIdOf = (...source: readonly string[]): ReportId =>
  `rep_${hashed(...source)}` as ReportId;

/**
 * Stands for personal data in table keys: the same text always gives the same key, and without the pepper
 * nobody can tell which text it was.
 */
export type Keying = (text: string) => string;

/** HMAC-SHA256 under the deployment's pepper, base32. */
export const keyingWith =
  (pepper: string): Keying =>
  (text) =>
    base32(createHmac('sha256', pepper).update(text).digest());

export const patientKeyOf = (patient: PatientId, keying: Keying): PatientKey =>
  `pat_${keying(patient)}` as PatientKey;

/**
 * Stands for a document in keys. Its id was chosen by others and may be a number of the patient, of which there are few
 * enough to try them all: so it is keyed, and with the patient, that nothing shows who else has one of that id.
 */
export const documentKeyOf = (
  patient: PatientKey,
  document: DocumentId,
  keying: Keying,
): DocumentKey => keying(JSON.stringify(['document', patient, document])) as DocumentKey;

export const addressKeyOf = (address: DirectAddress): AddressKey =>
  (sha256(address.toLowerCase()) as string).slice(0, 32) as AddressKey;

export const domainOf = (address: DirectAddress): string =>
  address.slice(address.lastIndexOf('@') + 1);

const hashed = (...parts: readonly string[]): string =>
  base32(createHash('sha256').update(JSON.stringify(parts)).digest()).slice(0, 26);

/** Ids that others choose: 1 to 128 of the unreserved URI characters (RFC 3986 section 2.3). */
const CHOSEN = /^[A-Za-z0-9._~-]{1,128}$/;

export const parsePatientId = (text: string): Outcome<PatientId> =>
  CHOSEN.test(text) ? done(text as PatientId) : fail('patient/bad-id');

export const parseDocumentId = (text: string): Outcome<DocumentId> =>
  CHOSEN.test(text) ? done(text as DocumentId) : fail('record/bad-id');

const MADE = (prefix: string): RegExp => new RegExp(`^${prefix}_[a-z2-7]{26}$`);

export const parseConsentId = (text: string): Outcome<ConsentId> =>
  MADE('con').test(text) ? done(text as ConsentId) : fail('consent/unknown');

export const parseRequestId = (text: string): Outcome<RequestId> =>
  MADE('req').test(text) ? done(text as RequestId) : fail('transmit-request/unknown');

export const parseTriggerId = (text: string): Outcome<TriggerId> =>
  MADE('trg').test(text) ? done(text as TriggerId) : fail('trigger/unknown');

export const parseWebhookId = (text: string): Outcome<WebhookId> =>
  MADE('whk').test(text) ? done(text as WebhookId) : fail('report/unknown-webhook');

export const parseDeliveryId = (text: string): Outcome<DeliveryId> =>
  MADE('whd').test(text) ? done(text as DeliveryId) : fail('report/unknown-delivery');

export const parseAnswerId = (text: string): Outcome<AnswerId> =>
  MADE('ans').test(text) ? done(text as AnswerId) : fail('notification/unknown-answer');

export const parseUploadId = (text: string): Outcome<UploadId> =>
  MADE('upl').test(text) ? done(text as UploadId) : fail('record/unknown-upload');

export const parseTransmissionId = (text: string): Outcome<TransmissionId> =>
  MADE('tx').test(text) ? done(text as TransmissionId) : fail('transmission/unknown');

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const LOCAL_PART = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);

/**
 * Reads a Direct address: a dot-atom at a host name of two labels or more.
 * Quoted local parts, comments, display names, control characters and non-ASCII are refused.
 */
export function parseDirectAddress(text: string): Outcome<DirectAddress> {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  // Not in lower case yet: there are signs beyond ASCII whose small letter is within.
  const domain = text.slice(at + 1);
  const fits = text.length <= 254 && local.length <= 64;
  if (!fits || !LOCAL_PART.test(local) || !DOMAIN.test(domain)) return fail('discover/bad-address');
  return done(`${local}@${domain.toLowerCase()}` as DirectAddress);
}

/** Reads an RFC 5322 msg-id, with or without angle brackets. */
export function parseMessageId(text: string): Outcome<MessageId> {
  const bare = text.trim().replace(/^<|>$/g, '').trim();
  return /^[\x21-\x7e]{1,500}$/.test(bare)
    ? done(bare as MessageId)
    : fail('notification/no-message-id');
}
