import { cursorsWith } from '../../cursors.ts';
import { keyingWith, patientKeyOf, type PatientId, type PatientKey } from '../../ids.ts';
import { secretText } from '../secrets.ts';
import { amendmentStore } from './amendments.ts';
import { activityStore } from './activities.ts';
import { answerStore } from './answers.ts';
import { consentStore } from './consents.ts';
import { deliveryStore } from './deliveries.ts';
import { domainStore } from './domains.ts';
import { dueIndex } from './due-index.ts';
import { hearingStore } from './hearings.ts';
import { holdStore } from './holds.ts';
import { ledger } from './ledger.ts';
import { patientStore } from './patients.ts';
import { recordList, recordStore } from './records.ts';
import { submissionStore } from './submissions.ts';
import { retentionStore } from './retention.ts';
import { rememberedStops, switchStore } from './switches.ts';
import type { Table } from './table.ts';
import { dynamoTable } from './table/dynamo-table.ts';
import { transmitRequestStore } from './transmit-requests.ts';
import { triggerStore } from './triggers.ts';
import { uploadStore } from './uploads.ts';
import { watermarkStore } from './watermarks.ts';
import { webhookStore } from './webhooks.ts';
import { windowStore } from './windows.ts';

/** What is kept in the table, under the names that ports have: all that takes no pepper. */
export const dynamoStores = (tableName: string) => storesIn(dynamoTable(tableName));

/** What removes has nothing else to do with the table. */
export function dynamoRetention(tableName: string) {
  const table = dynamoTable(tableName);
  return { retention: retentionStore(table), holds: holdStore(table) };
}

/**
 * The same with patients, their documents by id, and the key of each: only functions that may read the pepper can tell who is who.
 *
 * @param pepperSecret ARN
 */
export async function dynamoStoresWithPatients(tableName: string, pepperSecret: string) {
  const table = dynamoTable(tableName);
  const pepper = await secretText(pepperSecret);
  const keying = keyingWith(pepper);
  return {
    ...storesIn(table),
    patients: patientStore(table, keying),
    records: recordStore(table, keying),
    keying,
    cursors: cursorsWith(pepper),
    keyOf: (patient: PatientId): PatientKey => patientKeyOf(patient, keying),
  };
}

const storesIn = (table: Table) => ({
  stops: rememberedStops(switchStore(table), () => new Date()),
  consents: consentStore(table),
  requests: transmitRequestStore(table),
  amendments: amendmentStore(table),
  records: recordList(table),
  uploads: uploadStore(table),
  triggers: triggerStore(table),
  windows: windowStore(table),
  ledger: ledger(table),
  submissions: submissionStore(table),
  domains: domainStore(table),
  dueIndex: dueIndex(table),
  webhooks: webhookStore(table),
  activities: activityStore(table),
  deliveries: deliveryStore(table),
  answers: answerStore(table),
  watermarks: watermarkStore(table),
  hearings: hearingStore(table),
});
