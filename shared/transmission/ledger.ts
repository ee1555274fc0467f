import type {
  DeliveryId,
  MessageId,
  PatientKey,
  RequestId,
  TransmissionId,
  TriggerId,
} from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Page, Paging } from '../page.ts';
import type { FactBody } from './facts.ts';
import type { Opening } from './opening.ts';
import type { History, Lease, Transmission } from './transmission.ts';

/** What a decision adds to a transmission, all of it or nothing. */
export interface Addition {
  readonly facts: readonly FactBody[];
  /** Taken, given back, or (absent) left as it is. */
  readonly lease?: Lease | 'released';
  /** When the sweep must look at it next; `never` once it has ended; absent leaves it as it is. */
  readonly dueAt?: Date | 'never';
  /** From now on `byName` finds the transmission under these: its Message-ID, its ENVID, the relay's own id. */
  readonly knownAs?: readonly MessageId[];
  /**
   * The same transaction checks that the request and the address are active, the end date is not past, and the patient
   * was neither merged away nor, unless the plan says otherwise, has died.
   */
  readonly whileActive?: boolean;
}

/** One line of a list: the projection of a transmission's facts that is kept beside the patient. */
export interface TransmissionLine {
  readonly id: TransmissionId;
  readonly requestId: RequestId;
  readonly clientReference?: string;
  readonly address: string;
  readonly createdAt: string;
  readonly status: string;
  readonly code?: string;
  /** It carried no health data: the message before the first copy. */
  readonly isProbe?: true;
}

/** A copy whose intent is on record and of which it is not known that the relay took it: it may be leaving right now. */
export interface InFlight {
  readonly transmissionId: TransmissionId;
  readonly requestId: RequestId;
  readonly clientReference?: string;
  readonly address: string;
}

/** Where transmissions are kept. Facts are only ever added. */
export interface Ledger {
  /**
   * Opens copies: in one transaction they are there, the window that they come of is gone, and a request for one copy is
   * served. A window is closed once, and a copy is opened once.
   *
   * @returns `changed-meanwhile` when the window or the request is not as it was read any more, or a copy is there
   *   already, and nothing was written
   */
  open(opening: Opening): Promise<'opened' | 'changed-meanwhile'>;
  /** How many copies of a patient's record, which a probe is not, were opened on the day, UTC, of `at`, up to `atMost`. */
  openedOn(patient: PatientKey, at: Date, atMost: number): Promise<number>;
  /** Strongly consistent. @failure transmission/unknown */
  read(id: TransmissionId): Promise<Outcome<History>>;
  /** The same without what happened, which costs one item instead of all. @failure transmission/unknown */
  identity(id: TransmissionId): Promise<Outcome<Transmission>>;
  /**
   * Adds to a transmission: reads it, decides, writes if nobody else wrote in between, else decides again.
   * Facts that are there already are not added again. Answers the history after the addition.
   *
   * @failure transmission/unknown
   * @failure transmit-request/revoked, /paused, /expired (only with `whileActive`)
   * @failure whatever `decide` refuses
   */
  append(
    id: TransmissionId,
    now: Date,
    decide: (history: History) => Outcome<Addition>,
  ): Promise<Outcome<History>>;
  /** @failure notification/unknown-message */
  byName(name: MessageId): Promise<Outcome<TransmissionId>>;
  /** Newest first, strongly consistent. */
  list(patient: PatientKey): Promise<readonly TransmissionLine[]>;
  /** The same a page at a time, however old they are. */
  page(patient: PatientKey, paging: Paging): Promise<Page<TransmissionLine>>;
  /** All of them, however old, in no order; strongly consistent. */
  leaving(patient: PatientKey): Promise<readonly InFlight[]>;
}

/** What is due: ids of all whose time has come. Eventually consistent. */
export interface DueIndex {
  /** The first page: at most `limit` of each shard, the longest due first. */
  due(now: Date, limit: number): Promise<DuePage>;
  /**
   * Moves on what was looked at, so that what cannot be settled does not stand before everything else for ever.
   * Needs nothing of it to be readable; what is not due any more, or is due later still, is left as it is.
   *
   * @param until gets how often it was moved on already since anybody changed it
   */
  postpone(due: Due, until: (times: number) => Date): Promise<void>;
}

export interface DuePage {
  readonly due: readonly Due[];
  /** Since when the first of them is due. */
  readonly since?: Date;
  /** The page after this one; absent: that was all. */
  readonly next?: () => Promise<DuePage>;
}

export type Due =
  | { readonly kind: 'transmission'; readonly id: TransmissionId }
  | { readonly kind: 'trigger'; readonly id: TriggerId }
  /** An open window that may close; it is known by its request. */
  | { readonly kind: 'window'; readonly id: RequestId }
  /** A request with a slot of its schedule, a review or a recheck of an address; the id says where it lies. */
  | { readonly kind: 'request'; readonly id: RequestId; readonly patientKey: PatientKey }
  /** A message to a webhook whose next attempt is due. */
  | { readonly kind: 'delivery'; readonly id: DeliveryId };
