import {
  documentKeyOf,
  sha256,
  type AnswerId,
  type ConsentId,
  type DeliveryId,
  type DocumentId,
  type Keying,
  type MessageId,
  type MilestoneId,
  type PatientKey,
  type ReportId,
  type RequestId,
  type SubmissionId,
  type TransmissionId,
  type TriggerId,
  type UploadId,
  type WebhookId,
} from '../../ids.ts';
import type { SwitchName } from '../../switches.ts';
import { identifierText } from '../../patient/identifier.ts';
import type { Identifier } from '../../patient/patient.ts';
import { placeOf } from '../../page.ts';
import type { Activity } from '../../report/activity/activity.ts';
import type { Aging } from '../../report/retention/aging.ts';
import { factSource, type FactBody } from '../../transmission/facts.ts';
import type { Item, Key } from './table.ts';

/**
 * The whole single-table design: where each thing lies.
 *
 * No key holds a patient id, a name, an address, or text that others chose: such text goes in as a hash.
 * @see docs/table.md for who asks what
 */
export const KEYS = {
  patient: (patient: PatientKey): Key => ({ pk: `P#${patient}`, sk: 'PATIENT' }),
  document: (patient: PatientKey, document: DocumentId, keying: Keying): Key => ({
    pk: `P#${patient}`,
    sk: `DOC#${documentKeyOf(patient, document, keying)}`,
  }),
  consent: (patient: PatientKey, consent: ConsentId): Key => ({
    pk: `P#${patient}`,
    sk: `CONSENT#${consent}`,
  }),
  /** Counts the patient's answers, so that a decision can hang on there being no newer one. */
  consentHead: (patient: PatientKey): Key => ({ pk: `P#${patient}`, sk: 'CONSENT-HEAD' }),
  request: (patient: PatientKey, request: RequestId): Key => ({
    pk: `P#${patient}`,
    sk: `REQ#${request}`,
  }),
  /** Counts what is made, added and revoked, so that an addition can hang on nothing of it being newer. */
  requestHead: (patient: PatientKey): Key => ({ pk: `P#${patient}`, sk: 'REQUEST-HEAD' }),
  line: (patient: PatientKey, createdAt: string, transmission: TransmissionId): Key => ({
    pk: `P#${patient}`,
    sk: `LINE#${createdAt}#${transmission}`,
  }),
  /** There as long as the copy may be leaving. */
  leaving: (patient: PatientKey, transmission: TransmissionId): Key => ({
    pk: `P#${patient}`,
    sk: `LEAVING#${transmission}`,
  }),
  /** A line of the patient's log. */
  activity: (patient: PatientKey, { at, id }: Pick<Activity, 'at' | 'id'>): Key => ({
    pk: `P#${patient}`,
    sk: `ACTIVITY#${placeOf(at, id)}`,
  }),
  identifier: (identifier: Identifier, keying: Keying, patient: PatientKey): Key => ({
    pk: `ID#${identifierKeyOf(identifier, keying)}`,
    sk: `P#${patient}`,
  }),
  trigger: (trigger: TriggerId): Key => ({ pk: `TRG#${trigger}`, sk: 'TRIGGER' }),
  transmission: (transmission: TransmissionId): Key => ({ pk: `TX#${transmission}`, sk: 'META' }),
  fact: (transmission: TransmissionId, fact: FactBody): Key => ({
    pk: `TX#${transmission}`,
    sk: `FACT#${fact.kind}#${sourceKeyOf(fact)}`,
  }),
  /** At most one for each request. */
  window: (request: RequestId): Key => ({ pk: `WIN#${request}`, sk: 'WINDOW' }),
  milestone: (milestone: MilestoneId): Key => ({ pk: `MIL#${milestone}`, sk: 'MILESTONE' }),
  /** That what a client sent by XDR was taken. */
  submission: (submission: SubmissionId): Key => ({ pk: `SUB#${submission}`, sk: 'SUBMISSION' }),
  upload: (upload: UploadId): Key => ({ pk: `UPL#${upload}`, sk: 'UPLOAD' }),
  /** What the recipients of one domain have confirmed. */
  domain: (domain: string): Key => ({ pk: `DOM#${hashed(domain)}`, sk: 'DOMAIN' }),
  webhook: (webhook: WebhookId): Key => ({ pk: 'WEBHOOKS', sk: `WEBHOOK#${webhook}` }),
  /** Counts how many were ever added, so that an addition can hang on there being no newer one. */
  webhookHead: { pk: 'WEBHOOKS', sk: 'WEBHOOK-HEAD' },
  delivery: (delivery: DeliveryId): Key => ({ pk: `WHD#${delivery}`, sk: 'DELIVERY' }),
  answer: (answer: AnswerId): Key => ({ pk: `ANS#${answer}`, sk: 'ANSWER' }),
  /** How far a mailbox was read. */
  mailbox: (name: string): Key => ({ pk: `MBX#${hashed(name)}`, sk: 'WATERMARK' }),
  /** How far the notifications of a subscription were heard, of those that one caller posts. */
  hearing: (source: string, subscription: string): Key => ({
    pk: `FHN#${hashed(JSON.stringify([source, subscription]))}`,
    sk: 'HEARING',
  }),
  /** What an operator has stopped. */
  switch: (name: SwitchName): Key => ({ pk: `SWT#${name}`, sk: 'SWITCH' }),
  /** That a patient is under a legal hold. Under one key, so that all of them can be listed. */
  hold: (patient: PatientKey): Key => ({ pk: 'HLD#all', sk: `P#${patient}` }),
  /** The bytes of a document that are not those of the record any more. */
  superseded: (patient: PatientKey, bytesAt: string): Key => ({
    pk: `P#${patient}`,
    sk: `OLD#${hashed(bytesAt)}`,
  }),
  /** What an operator or the clock did to what is kept. */
  deed: (deed: ReportId): Key => ({ pk: `DED#${deed}`, sk: 'DEED' }),
  /** Every name under which outsiders speak of a copy: Message-ID, ENVID, the relay's own id. */
  message: (message: MessageId): Key => ({ pk: `MSG#${sha256(message)}`, sk: 'META' }),
} as const;

/** Everything of one sort under one key. */
export const ALL = {
  documents: (patient: PatientKey) => ({ pk: `P#${patient}`, skPrefix: 'DOC#' }),
  consents: (patient: PatientKey) => ({ pk: `P#${patient}`, skPrefix: 'CONSENT#' }),
  requests: (patient: PatientKey) => ({ pk: `P#${patient}`, skPrefix: 'REQ#' }),
  /** In the order of their creation. */
  lines: (patient: PatientKey) => ({ pk: `P#${patient}`, skPrefix: 'LINE#' }),
  /** Of one day, UTC. */
  linesOn: (patient: PatientKey, day: Date) => ({
    pk: `P#${patient}`,
    skPrefix: `LINE#${day.toISOString().slice(0, 'YYYY-MM-DDT'.length)}`,
  }),
  leaving: (patient: PatientKey) => ({ pk: `P#${patient}`, skPrefix: 'LEAVING#' }),
  /** In the order in which it happened. */
  activities: (patient: PatientKey) => ({ pk: `P#${patient}`, skPrefix: 'ACTIVITY#' }),
  webhooks: { pk: 'WEBHOOKS', skPrefix: 'WEBHOOK#' },
  holds: { pk: 'HLD#all', skPrefix: 'P#' },
  holders: (identifier: Identifier, keying: Keying) => ({
    pk: `ID#${identifierKeyOf(identifier, keying)}`,
  }),
  /** The transmission and its facts. */
  history: (transmission: TransmissionId) => ({ pk: `TX#${transmission}` }),
} as const;

/** Sixteen partitions, so that no one of them takes all writes of what is due. */
export const DUE_SHARDS: readonly string[] = Array.from({ length: 16 }, (_, n) => `DUE#${n}`);

/** The attributes by which an item stands in the index of what is due. */
export const dueAttributes = (id: string, dueAt: Date): { duePk: string; dueAt: string } => ({
  duePk: `DUE#${Number.parseInt(sha256(id).slice(0, 1), 16)}`,
  dueAt: dueAt.toISOString(),
});

/** Whether something is waited for; what is over stands in the index too, as something that ages. */
export const isDue = (item: Item): boolean => DUE_SHARDS.includes(String(item['duePk']));

/** The shards in which what ages stands: beside those of what is due, so that nobody who looks for one sees the other. */
export const agingShards = (aging: Aging): readonly string[] =>
  DUE_SHARDS.map((shard) => shard.replace('DUE', `AGE-${aging}`));

/**
 * The attributes by which an item stands in the index as one that ages.
 *
 * @param since when that began: how long it takes is a setting of whoever removes it
 */
export function agingAttributes(
  aging: Aging,
  id: string,
  since: Date,
): ReturnType<typeof dueAttributes> {
  const { duePk, dueAt } = dueAttributes(id, since);
  return { duePk: duePk.replace('DUE', `AGE-${aging}`), dueAt };
}

const identifierKeyOf = (identifier: Identifier, keying: Keying): string =>
  keying(identifierText(identifier));

/** Attempts are ours; the id of a notice was chosen by whoever sent it. */
const sourceKeyOf = (fact: FactBody): string =>
  'noticeId' in fact ? hashed(fact.noticeId) : factSource(fact);

const hashed = (text: string): string => sha256(text).slice(0, 32);
