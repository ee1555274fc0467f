import type { Consent } from '../../../shared/consent/consent.ts';
import {
  addressKeyOf,
  keyingWith,
  patientKeyOf,
  reportIdOf,
  sha256,
  type BatchId,
  type ConsentId,
  type DeliveryId,
  type DirectAddress,
  type DocumentId,
  type MessageId,
  type PatientId,
  type RequestId,
  type TransmissionId,
  type TriggerId,
  type WebhookId,
} from '../../../shared/ids.ts';
import type { Table } from '../../../shared/adapters/dynamo/table.ts';
import type { Patient } from '../../../shared/patient/patient.ts';
import type { RecordDocument } from '../../../shared/record/record.ts';
import type { Delivery } from '../../../shared/report/delivery.ts';
import type { Report } from '../../../shared/report/report.ts';
import type { Webhook } from '../../../shared/report/webhook.ts';
import type { Transmission } from '../../../shared/transmission/transmission.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import type { Trigger } from '../../../shared/trigger/trigger.ts';
import type { Window } from '../../../shared/trigger/window.ts';
import { atSecond, PLAN } from '../../support/histories.ts';

/** Every contract asks for an empty table for each of its tests. */
export type FreshTable = () => Promise<Table>;

export const KEYING = keyingWith('a pepper of the tests');
export const ADA = 'ada' as PatientId;
export const ADA_KEY = patientKeyOf(ADA, KEYING);
export const BEN_KEY = patientKeyOf('ben' as PatientId, KEYING);
export const LEE = 'dr.lee@direct.clinic.example' as DirectAddress;
export const KIM = 'dr.kim@direct.ward.example' as DirectAddress;
export const MESSAGE = 'unguessable@direct.holder.example' as MessageId;

export const patient = (id = 'ada', more: Partial<Patient> = {}): Patient => ({
  id: id as PatientId,
  key: patientKeyOf(id as PatientId, KEYING),
  identifiers: [{ system: '1.2.3', value: `${id}-1` }],
  name: { family: 'Lovelace', given: ['Ada', 'King'] },
  birthDate: '1815-12-10',
  sex: 'female',
  language: 'en',
  ...more,
});

export const document = (id: string, text: string, second: number): RecordDocument => ({
  documentId: id as DocumentId,
  patientKey: ADA_KEY,
  mimeType: 'text/xml',
  sha256: sha256(text),
  sizeBytes: text.length,
  receivedAt: atSecond(second).toISOString(),
  bytesAt: `records/${id}/${second}`,
});

export const consent = (id: string, second = 0, more: Partial<Consent> = {}): Consent => ({
  id: id as ConsentId,
  patientId: ADA,
  patientKey: ADA_KEY,
  decision: 'accepted',
  text: { language: 'en', version: '2026-01-01', sha256: sha256('the text') },
  actor: { kind: 'patient', subject: 'subject-of-ada' },
  at: atSecond(second).toISOString(),
  ...more,
});

export const request = (
  id: string,
  second = 0,
  more: Partial<TransmitRequest> = {},
): TransmitRequest => ({
  id: id as RequestId,
  patientId: ADA,
  patientKey: ADA_KEY,
  status: 'active',
  frequency: 'on-update',
  addresses: {
    [addressKeyOf(LEE)]: { address: LEE, status: 'active' },
    [addressKeyOf(KIM)]: { address: KIM, status: 'active' },
  },
  sender: 'records@direct.holder.example' as DirectAddress,
  directive: {
    consentId: 'con_1' as ConsentId,
    addresses: [LEE, KIM],
    frequency: 'on-update',
    actor: { kind: 'patient', subject: 'subject-of-ada' },
    at: atSecond(second).toISOString(),
    sha256: sha256('the directive'),
  },
  createdAt: atSecond(second).toISOString(),
  version: 1,
  ...more,
});

export const trigger = (id: string, content = 'posted'): Trigger => ({
  id: id as TriggerId,
  kind: 'discharge',
  patientId: ADA,
  patientKey: ADA_KEY,
  occurredAt: atSecond(0).toISOString(),
  receivedAt: atSecond(1).toISOString(),
  contentSha256: sha256(content),
});

export const transmission = (
  id = 'tx_1',
  second = 0,
  more: Partial<Transmission> = {},
): Transmission => ({
  id: id as TransmissionId,
  requestId: 'req_1' as RequestId,
  batchId: 'bat_1' as BatchId,
  patientId: ADA,
  patientKey: ADA_KEY,
  address: LEE,
  sender: 'records@direct.holder.example' as DirectAddress,
  createdAt: atSecond(second).toISOString(),
  plan: PLAN,
  ...more,
});

export const webhook = (id: string, second = 0, more: Partial<Webhook> = {}): Webhook => ({
  id: id as WebhookId,
  url: 'https://ehr.example/told',
  status: 'active',
  secretGeneration: 1,
  createdAt: atSecond(second).toISOString(),
  version: 1,
  ...more,
});

export const report = (more: Partial<Report> = {}): Report => ({
  id: reportIdOf('fact', 'tx_1', 'ended', 'one'),
  type: 'transmission.delivered',
  at: atSecond(0).toISOString(),
  requestId: 'req_1' as RequestId,
  transmissionId: 'tx_1' as TransmissionId,
  sequence: 5,
  ...more,
});

export const delivery = (id: string, second = 0, more: Partial<Delivery> = {}): Delivery => ({
  id: id as DeliveryId,
  webhookId: 'whk_1' as WebhookId,
  report: report(),
  createdAt: atSecond(second).toISOString(),
  attempts: 0,
  nextAttemptAt: atSecond(second).toISOString(),
  status: 'waiting',
  version: 1,
  ...more,
});

/** Open since second 0, closing at second 300. */
export const window = (requestId = 'req_1' as RequestId, more: Partial<Window> = {}): Window => ({
  requestId,
  patientKey: ADA_KEY,
  batchId: 'bat_1' as BatchId,
  openedAt: atSecond(0).toISOString(),
  closesAt: atSecond(300).toISOString(),
  triggers: [
    { id: 'trg_1' as TriggerId, kind: 'discharge', occurredAt: atSecond(0).toISOString() },
  ],
  joined: 1,
  version: 1,
  ...more,
});
