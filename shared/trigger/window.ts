import {
  type AddressKey,
  addressKeyOf,
  type BatchId,
  type PatientKey,
  type RequestId,
  type TriggerId,
} from '../ids.ts';
import type { RequestAddress, TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { TriggerKind } from './trigger.ts';

/** What has come together for one request and is not sent yet. When it closes, its copies are opened and it is gone. */
export interface Window {
  readonly requestId: RequestId;
  readonly patientKey: PatientKey;
  /** Of the batch that it becomes: made of the request and the trigger that opened it, so no two windows have the same. */
  readonly batchId: BatchId;
  /** When its first trigger joined. */
  readonly openedAt: string;
  readonly closesAt: string;
  /** The newest 50, in the order in which they joined. */
  readonly triggers: readonly Joined[];
  /** How many are in it, be they kept or not. */
  readonly joined: number;
  /** Nothing in it is a reason to send to other addresses than these; absent: to all that are active when it closes. */
  readonly only?: readonly AddressKey[];
  /** It would close, but for the record: there is none, or none that is newer than what happened. */
  readonly waitsForRecord?: RecordWait;
  /** Counts writes. */
  readonly version: number;
}

export interface RecordWait {
  readonly why: 'none' | 'older';
  readonly since: string;
  readonly until: string;
}

export interface Joined {
  readonly id: TriggerId;
  readonly kind: TriggerKind;
  /** Never later than it was received: the clock of another house may be ahead. */
  readonly occurredAt: string;
  /** To which addresses alone it is a reason to send. */
  readonly addresses?: readonly AddressKey[];
}

/** The addresses of a request to which copies go when a window closes. */
export const addressesIn = (
  { only }: Pick<Window, 'only'>,
  { addresses }: TransmitRequest,
): readonly RequestAddress[] =>
  Object.values(addresses).filter(
    ({ address, status }) =>
      status === 'active' && (only === undefined || only.includes(addressKeyOf(address))),
  );

export const isDue = ({ closesAt }: Window, now: Date): boolean =>
  Date.parse(closesAt) <= now.getTime();

/** What the copies of a window are said to be for: the first thing that happened, or else that the record changed. */
export const reasonOf = ({ triggers }: Window): TriggerKind =>
  triggers.find(({ kind }) => kind !== 'record-updated')?.kind ?? 'record-updated';
