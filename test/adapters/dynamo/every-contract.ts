import { describe } from '@jest/globals';
import { answerStoreContract } from '../../contracts/stores/answers.ts';
import { auditContract } from '../../contracts/stores/audit.ts';
import { consentStoreContract } from '../../contracts/stores/consents.ts';
import { deliveryStoreContract } from '../../contracts/stores/deliveries.ts';
import { domainStoreContract } from '../../contracts/stores/domains.ts';
import { dueIndexContract } from '../../contracts/stores/due-index.ts';
import { hearingStoreContract } from '../../contracts/stores/hearings.ts';
import { ledgerContract } from '../../contracts/stores/ledger.ts';
import { ledgerRacesContract } from '../../contracts/stores/ledger-races.ts';
import { openingContract } from '../../contracts/stores/openings.ts';
import { patientMergesContract } from '../../contracts/stores/patient-merges.ts';
import { patientStoreContract } from '../../contracts/stores/patients.ts';
import { recordStoreContract } from '../../contracts/stores/records.ts';
import type { FreshTable } from '../../contracts/stores/samples.ts';
import { submissionStoreContract } from '../../contracts/stores/submissions.ts';
import { transmitRequestStoreContract } from '../../contracts/stores/transmit-requests.ts';
import { triggerStoreContract } from '../../contracts/stores/triggers.ts';
import { uploadStoreContract } from '../../contracts/stores/uploads.ts';
import { watermarkStoreContract } from '../../contracts/stores/watermarks.ts';
import { windowStoreContract } from '../../contracts/stores/windows.ts';
import { webhookStoreContract } from '../../contracts/stores/webhooks.ts';
import { tableContract } from '../../contracts/table.ts';

/** The table and every store that is built on it: what holds on one table must hold on the other. */
export function everyContract(fresh: FreshTable): void {
  describe('as a table', () => tableContract(fresh));
  describe('patients', () => patientStoreContract(fresh));
  describe('merges of patients', () => patientMergesContract(fresh));
  describe('records', () => recordStoreContract(fresh));
  describe('uploads', () => uploadStoreContract(fresh));
  describe('consents', () => consentStoreContract(fresh));
  describe('transmit requests', () => transmitRequestStoreContract(fresh));
  describe('triggers', () => triggerStoreContract(fresh));
  describe('open windows', () => windowStoreContract(fresh));
  describe('windows that close', () => openingContract(fresh));
  describe('what came by XDR', () => submissionStoreContract(fresh));
  describe('the ledger', () => ledgerContract(fresh));
  describe('races for a transmission', () => ledgerRacesContract(fresh));
  describe('what domains have confirmed', () => domainStoreContract(fresh));
  describe('webhooks', () => webhookStoreContract(fresh));
  describe('reports on their way to webhooks', () => deliveryStoreContract(fresh));
  describe('answers to letters', () => answerStoreContract(fresh));
  describe('how far mailboxes were read', () => watermarkStoreContract(fresh));
  describe('how far subscriptions were heard', () => hearingStoreContract(fresh));
  describe('what is due', () => dueIndexContract(fresh));
  describe('the audit', () => auditContract(fresh));
}
