import { callerAs, type Caller } from '../../infra/local/api-client.ts';
import { followCopies, type View } from '../../infra/local/demo/follow.ts';
import { progressTo } from '../../infra/local/demo/progress.ts';
import {
  acceptConsent,
  registerWithRecord,
  requestTransmission,
} from '../../infra/local/demo/steps.ts';
import type { LocalSystem } from '../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS, sampleRecord } from '../../infra/local/sample/record.ts';
import { PassThrough } from 'node:stream';

const SILENT = progressTo(new PassThrough().resume());

/** A patient of the local system with a record and a consent, who may ask for copies. */
export interface Sharer {
  readonly patientId: string;
  readonly portal: Caller;
  /** One copy, now. */
  share(address: string): Promise<string>;
  /** The copies of a request once they have ended. */
  copies(requestId: string): Promise<readonly View[]>;
}

export async function newSharer(system: LocalSystem): Promise<Sharer> {
  const patient = SAMPLE_PATIENTS.ana;
  const { id: patientId } = patient;
  const ehr = await callerAs(system, { kind: 'system' });
  const portal = await callerAs(system, { kind: 'patient', patient: patientId });
  await registerWithRecord(ehr, patient, sampleRecord(patient), SILENT);
  const consentId = await acceptConsent(portal, patientId, { signatureName: 'Ana' }, SILENT);
  const wanting = { frequency: 'once', sendNow: true, consentId } as const;
  return {
    patientId,
    portal,
    share: (address) => requestTransmission(portal, patientId, { address, ...wanting }, SILENT),
    copies: (requestId) => followCopies(portal, patientId, requestId, 120),
  };
}
