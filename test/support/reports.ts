import {
  reportIdOf,
  type PatientKey,
  type RequestId,
  type TransmissionId,
} from '../../shared/ids.ts';
import type { Audited, Report, ReportType } from '../../shared/report/report.ts';
import { atSecond } from './histories.ts';

/** A report about the copy `tx_<name>`, happened at that second; told of the same copy, type and second it is the same. */
export const auditedOf = (
  name: string,
  type: ReportType = 'transmission.sent',
  second = 0,
  more: Partial<Report> = {},
): Audited => ({
  report: {
    id: reportIdOf(name, type, String(second)),
    type,
    at: atSecond(second).toISOString(),
    requestId: 'req_aaaaaaaaaaaaaaaaaaaaaaaaaa' as RequestId,
    transmissionId: `tx_${name}` as TransmissionId,
    ...more,
  },
  patientKey: `pat_${'a'.repeat(52)}` as PatientKey,
  address: 'dr.lee@direct.clinic.example',
});
