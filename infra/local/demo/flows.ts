import { callerAs, type Caller } from '../api-client.ts';
import { PARTNER_DOMAIN } from '../certificates/identities.ts';
import type { LocalSystem } from '../local-system.ts';
import { SAMPLE_PATIENTS, sampleRecord, type SamplePatient } from '../sample/record.ts';
import { arrivalOf, type Arrival } from './arrival.ts';
import { reportOf, type CopyReport, type Flow } from './copy-report.ts';
import { followCopies, type View } from './follow.ts';
import type { Progress } from './progress.ts';
import { acceptConsent, registerWithRecord, reportEvent, requestTransmission } from './steps.ts';
import { toldOf } from './told.ts';

/** All of them must have ended by then: 20 s for each of two notices, and something for a busy machine. */
const WITHIN_SECONDS = 100;

/** The patient asks to have the record sent whenever it changes; the EHR reports a discharge. */
export async function patientFlow(system: LocalSystem, progress: Progress): Promise<CopyReport[]> {
  progress.chapter('The patient flow: consent, a standing request, then what sends a copy');
  const patient = SAMPLE_PATIENTS.ana;
  return onUpdate(system, 'patient', patient, sampleRecord(patient), progress);
}

/** The same with a record from a file. */
export async function fileFlow(
  system: LocalSystem,
  patient: SamplePatient,
  record: Uint8Array,
  progress: Progress,
): Promise<CopyReport[]> {
  progress.chapter('The file: its patient asks to have it sent; then what sends a copy');
  return onUpdate(system, 'file', patient, record, progress);
}

async function onUpdate(
  system: LocalSystem,
  flow: Flow,
  patient: SamplePatient,
  record: Uint8Array,
  progress: Progress,
): Promise<CopyReport[]> {
  const ehr = await callerAs(system, { kind: 'system' });
  const portal = await callerAs(system, { kind: 'patient', patient: patient.id });
  // Before the record arrives: one that is older than what happened is waited for.
  const occurredAt = new Date().toISOString();
  await registerWithRecord(ehr, patient, record, progress);
  const consentId = await acceptConsent(
    portal,
    patient.id,
    { signatureName: nameOf(patient) },
    progress,
  );
  const requestId = await requestTransmission(
    portal,
    patient.id,
    { address: `dr.lopez@${PARTNER_DOMAIN}`, frequency: 'on-update', sendNow: false, consentId },
    progress,
  );
  // What nobody waits for behind: a discharge, with a payer an explanation of benefits.
  const [type = 'discharge'] = system.settings.triggers.atOnce;
  await reportEvent(ehr, { type, patientId: patient.id, occurredAt }, progress);
  return follow(system, flow, portal, { patientId: patient.id, requestId }, progress);
}

/** A provider asks for the patient in front of them: once, now, on spoken consent. */
export async function providerFlow(system: LocalSystem, progress: Progress): Promise<CopyReport[]> {
  progress.chapter('The provider flow: consent on behalf of the patient, one copy now');
  const patient = SAMPLE_PATIENTS.samuel;
  // Of two facilities that of the provider; what names none, as the patient's request, is of the first.
  const sender = system.settings.senders.at(-1)?.address;
  const ehr = await callerAs(system, { kind: 'system' });
  const provider = await callerAs(system, { kind: 'provider', patient: patient.id });
  await registerWithRecord(ehr, patient, sampleRecord(patient), progress);
  const consentId = await acceptConsent(
    provider,
    patient.id,
    {
      signatureName: nameOf(patient),
      onBehalf: { method: 'oral', identityCheck: 'id-document', witness: 'front desk' },
    },
    progress,
  );
  const requestId = await requestTransmission(
    provider,
    patient.id,
    { address: `intake@${PARTNER_DOMAIN}`, frequency: 'once', sendNow: true, consentId, sender },
    progress,
  );
  return follow(system, 'provider', provider, { patientId: patient.id, requestId }, progress);
}

const nameOf = ({ name }: SamplePatient): string => [...name.given, name.family].join(' ');

async function follow(
  system: LocalSystem,
  flow: Flow,
  caller: Caller,
  { patientId, requestId }: { readonly patientId: string; readonly requestId: string },
  progress: Progress,
): Promise<CopyReport[]> {
  const { partner, edge, engines, cloud } = system;
  const isHopeless = (): boolean => cloud.privileges.refusals.length > 0;
  const copies = await followCopies(caller, patientId, requestId, WITHIN_SECONDS, isHopeless);
  await Promise.all([partner.settled(), edge.settled()]);
  const reports: CopyReport[] = [];
  for (const copy of copies) {
    const arrival = arrivalOf(copy, system);
    tell(copy, arrival, progress);
    const told = await toldOf(engines.eventBus.events, copy.id);
    progress.step(`The data holder was told on the bus: ${told.join(', ')}`);
    reports.push(reportOf(flow, copy, arrival));
  }
  return reports;
}

/** The timeline, and what was found at the other end. */
function tell(copy: View, arrival: Arrival | undefined, progress: Progress): void {
  progress.step(`GET transmission: ${copy.status}${copy.code ? `, ${copy.code}` : ''}`);
  for (const { at, kind, sentence } of copy.timeline) {
    progress.detail(`${at.slice(11, 23)}  ${kind.padEnd(10)}  ${sentence}`);
  }
  if (!arrival) {
    progress.step('The partner received nothing that it could open');
    return;
  }
  progress.step(arrival.opened);
  for (const { name, bytes } of arrival.files) {
    progress.detail(`${String(bytes.length).padStart(9)}  ${name}`);
  }
  for (const note of arrival.notes) progress.detail(`the partner minds: ${note}`);
  for (const reason of arrival.refusedFor) {
    progress.step(`The partner says: ${reason}. So it answers nothing`);
  }
}
