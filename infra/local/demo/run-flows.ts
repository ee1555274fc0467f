import { checkClinicalDocument } from '../../../shared/record/intake.ts';
import { ApiRefused } from '../api-client.ts';
import type { LocalSystem } from '../local-system.ts';
import { patientOfDocument } from '../sample/patient-of-document.ts';
import { fileFlow, patientFlow, providerFlow } from './flows.ts';
import { refusedReport, type CopyReport, type Flow } from './copy-report.ts';
import type { Progress } from './progress.ts';

/** Both flows with the sample records, or the one flow of a record from a file. */
export async function runFlows(
  system: LocalSystem,
  record: Uint8Array | undefined,
  progress: Progress,
): Promise<readonly CopyReport[]> {
  if (!record) {
    return [
      ...(await orRefused('patient', progress, () => patientFlow(system, progress))),
      ...(await orRefused('provider', progress, () => providerFlow(system, progress))),
    ];
  }
  const checked = checkClinicalDocument(record);
  if (!checked.ok) {
    progress.step(`The file is no record: ${checked.failure.code}`);
    return [refusedReport('file', checked.failure.code)];
  }
  const patient = patientOfDocument(checked.value.header);
  return orRefused('file', progress, () => fileFlow(system, patient, record, progress));
}

/** What the API refuses ends its flow, not the demo. */
async function orRefused(
  flow: Flow,
  progress: Progress,
  run: () => Promise<CopyReport[]>,
): Promise<CopyReport[]> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ApiRefused)) throw error;
    progress.step(`${error.message} (${error.code})`);
    return [refusedReport(flow, error.code)];
  }
}
