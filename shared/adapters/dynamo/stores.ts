import type { Keying } from '../../ids.ts';
import { consentStore } from './consents.ts';
import { ledger } from './ledger.ts';
import { patientStore } from './patients.ts';
import { recordStore } from './records.ts';
import { dynamoTable } from './table.ts';
import { transmitRequestStore } from './transmit-requests.ts';
import { triggerStore } from './triggers.ts';

/** What a function that works on patients keeps in one table, under the names that its ports have. */
export function dynamoStores(tableName: string, keying: Keying) {
  const table = dynamoTable(tableName);
  return {
    patients: patientStore(table, keying),
    records: recordStore(table),
    consents: consentStore(table),
    requests: transmitRequestStore(table),
    triggers: triggerStore(table),
    ledger: ledger(table),
  };
}
