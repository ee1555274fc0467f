import type { Consent } from '../../../consent/consent.ts';
import type { PatientKey, TransmissionId } from '../../../ids.ts';
import type { Patient } from '../../../patient/patient.ts';
import type { RecordDocument } from '../../../record/record.ts';
import type { Deed } from '../../../deed.ts';
import type { Stop } from '../../../switches.ts';
import type { Hold } from '../../../patient/hold.ts';
import type { Superseded } from '../../../record/superseded.ts';
import type { Upload } from '../../../record/upload/upload.ts';
import type { Fact } from '../../../transmission/facts.ts';
import type { InFlight, TransmissionLine } from '../../../transmission/ledger.ts';
import type { TakenSubmission } from '../../../transmission/submission-store.ts';
import type { Transmission } from '../../../transmission/transmission.ts';
import type { TransmitRequest } from '../../../transmit-request/transmit-request.ts';
import type { DomainRecord } from '../../../notification/domains.ts';
import type { Answer } from '../../../notification/letter/answer.ts';
import type { Watermark } from '../../../notification/mailbox/watermarks.ts';
import type { Activity } from '../../../report/activity/activity.ts';
import type { Delivery } from '../../../report/delivery.ts';
import type { Webhook } from '../../../report/webhook.ts';
import type { Milestone } from '../../../transmit-request/milestone.ts';
import type { Trigger } from '../../../trigger/trigger.ts';
import type { Window } from '../../../trigger/window.ts';
import type { Item, Key, Query, Table } from '../table.ts';

/** Every kind of item, and what lies in it. */
interface Bodies {
  readonly patient: Patient;
  readonly identifier: { readonly patientKey: PatientKey };
  readonly document: RecordDocument;
  readonly upload: Upload;
  readonly consent: Consent;
  readonly 'consent-head': { readonly version: number };
  readonly request: TransmitRequest;
  readonly 'request-head': { readonly version: number };
  readonly trigger: Trigger;
  readonly transmission: Transmission;
  readonly fact: Fact;
  readonly message: { readonly transmissionId: TransmissionId };
  readonly line: TransmissionLine;
  readonly leaving: InFlight;
  readonly submission: TakenSubmission;
  readonly window: Window;
  readonly milestone: Milestone;
  readonly domain: DomainRecord;
  readonly webhook: Webhook;
  readonly 'webhook-head': { readonly added: number };
  readonly activity: Activity;
  readonly delivery: Delivery;
  readonly answer: Answer;
  readonly watermark: Watermark;
  readonly hearing: { readonly last: number };
  readonly switch: { readonly version: number; readonly stop?: Stop };
  readonly deed: Deed;
  readonly hold: Hold;
  readonly superseded: Superseded;
}

export type ItemKind = keyof Bodies;

const SCHEMA = 1;

/** What every item looks like: what it is about lies whole under `body`, what the table itself needs lies beside it. */
export const itemOf = <Kind extends ItemKind>(
  key: Key,
  kind: Kind,
  body: Bodies[Kind],
  beside: Readonly<Record<string, unknown>> = {},
): Item => ({ ...key, kind, schema: SCHEMA, ...beside, body });

/**
 * Reads back what `itemOf` made. The body itself is believed: nobody else writes this table.
 *
 * @throws Error when the item is of another kind, or was written by a version that this one does not know
 */
export function bodyOf<Kind extends ItemKind>(item: Item, kind: Kind): Bodies[Kind] {
  if (item['kind'] !== kind || item['schema'] !== SCHEMA) {
    const found = `${String(item['kind'])} of schema ${String(item['schema'])}`;
    throw new Error(`Expected ${kind} of schema ${SCHEMA}, found ${found}`);
  }
  return item['body'] as Bodies[Kind];
}

/** More than any patient or transmission comes to; what is longer is not read in part, for a part would be taken for all. */
const WHOLE = 5000;

/** @throws Error when there are more items than can be read whole */
export async function whole(
  table: Table,
  partition: Omit<Extract<Query, { skPrefix?: string }>, 'limit'>,
): Promise<readonly Item[]> {
  const items = await table.query({ ...partition, limit: WHOLE + 1 });
  if (items.length > WHOLE) throw new Error(`More than ${WHOLE} items under one key`);
  return items;
}
