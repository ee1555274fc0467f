import type { FailureCode } from './failures.ts';
import { ASKING_SAYS } from './failures-es-asking.ts';
import { DELIVERY_SAYS } from './failures-es-delivery.ts';
import { EDGE_SAYS } from './failures-es-edge.ts';
import { MESSAGE_SAYS } from './failures-es-message.ts';
import { NOTIFICATION_SAYS } from './failures-es-notification.ts';
import { PATIENT_SAYS } from './failures-es-patient.ts';
import { RECIPIENT_SAYS } from './failures-es-recipient.ts';
import { RECORD_SAYS } from './failures-es-record.ts';
import { REPORT_SAYS } from './failures-es-report.ts';
import { TRUST_SAYS } from './failures-es-trust.ts';

/** What every code means, in one sentence that a patient may read in Spanish: a code without one does not compile. */
export const SAYS_IN_SPANISH: Readonly<Record<FailureCode, string>> = {
  ...EDGE_SAYS,
  ...RECORD_SAYS,
  ...PATIENT_SAYS,
  ...ASKING_SAYS,
  ...RECIPIENT_SAYS,
  ...TRUST_SAYS,
  ...MESSAGE_SAYS,
  ...DELIVERY_SAYS,
  ...NOTIFICATION_SAYS,
  ...REPORT_SAYS,
};
