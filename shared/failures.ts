import type { Step } from './path.ts';
import { ASKING_FAILURES } from './failures-asking.ts';
import { DELIVERY_FAILURES } from './failures-delivery.ts';
import { EDGE_FAILURES } from './failures-edge.ts';
import { MESSAGE_FAILURES } from './failures-message.ts';
import { NOTIFICATION_FAILURES } from './failures-notification.ts';
import { PATIENT_FAILURES } from './failures-patient.ts';
import { RECIPIENT_FAILURES } from './failures-recipient.ts';
import { RECORD_FAILURES } from './failures-record.ts';
import { REPORT_FAILURES } from './failures-report.ts';
import { TRUST_FAILURES } from './failures-trust.ts';

/** Who can put it right. */
export type Actor = 'caller' | 'patient' | 'data holder' | 'recipient' | 'operator';

export interface FailureRule {
  /** Whether the same attempt may succeed later without anybody changing anything. */
  readonly retry: boolean;
  /** The HTTP status with which the edge answers it. */
  readonly status: number;
  /** One sentence that a patient may read. */
  readonly says: string;
  readonly actor: Actor;
  /** What the actor does about it. */
  readonly remedy: string;
}

export type FailureTable = Record<`${Step | 'edge'}/${string}`, FailureRule>;

/** Every refusal of the system. The first word of a code is the folder to open. */
export const FAILURES = {
  ...EDGE_FAILURES,
  ...RECORD_FAILURES,
  ...PATIENT_FAILURES,
  ...ASKING_FAILURES,
  ...RECIPIENT_FAILURES,
  ...TRUST_FAILURES,
  ...MESSAGE_FAILURES,
  ...DELIVERY_FAILURES,
  ...NOTIFICATION_FAILURES,
  ...REPORT_FAILURES,
} as const satisfies FailureTable;

export type FailureCode = keyof typeof FAILURES;

export const ruleOf = (code: FailureCode): FailureRule => FAILURES[code];

export const isFailureCode = (text: string): text is FailureCode => Object.hasOwn(FAILURES, text);
