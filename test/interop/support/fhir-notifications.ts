import type { SuiteResult } from '../conformance/suite.ts';
import { runCases } from '../conformance/told-case.ts';
import { FHIR_NOTIFICATION_CASES } from '../fhir-notifications/cases.ts';

/** Notifications of FHIR subscriptions, and what is answered to them. */
export const runFhirNotifications = (): Promise<SuiteResult> => runCases(FHIR_NOTIFICATION_CASES);
