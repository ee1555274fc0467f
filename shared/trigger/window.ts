import type { BatchId, PatientKey, RequestId, TriggerId } from '../ids.ts';
import type { TriggerKind } from './trigger.ts';

/** What has come together for one request and is not sent yet. When it closes, its copies are opened and it is gone. */
export interface Window {
  readonly requestId: RequestId;
  readonly patientKey: PatientKey;
  /** Of the batch that it becomes: made of the request and the trigger that opened it. */
  readonly batchId: BatchId;
  /** When its first trigger joined. */
  readonly openedAt: string;
  readonly closesAt: string;
  /** The newest 50, in the order in which they joined. */
  readonly triggers: readonly Joined[];
  /** How many joined in all. */
  readonly joined: number;
  /** It would close, but for the record: there is none, or none that is newer than what happened. */
  readonly waitsForRecord?: {
    readonly why: 'none' | 'older';
    readonly since: string;
    readonly until: string;
  };
  /** Counts writes. */
  readonly version: number;
}

export interface Joined {
  readonly id: TriggerId;
  readonly kind: TriggerKind;
  readonly occurredAt: string;
}
