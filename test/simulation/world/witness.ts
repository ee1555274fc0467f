import { isDue } from '../../../shared/adapters/dynamo/keys.ts';
import type { Item } from '../../../shared/adapters/dynamo/table.ts';
import type { Envelope } from '../../../shared/deliver/relay.ts';
import { addressKeyOf, sha256, type Sha256 } from '../../../shared/ids.ts';
import type { Patient } from '../../../shared/patient/patient.ts';
import type { Report } from '../../../shared/report/report.ts';
import type { Fact } from '../../../shared/transmission/facts.ts';
import type { TransmissionLine } from '../../../shared/transmission/ledger.ts';
import type { Transmission } from '../../../shared/transmission/transmission.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import type { Window } from '../../../shared/trigger/window.ts';
import type { Trigger } from '../../../shared/trigger/trigger.ts';

/** Everything has a number: what was seen first has the lower one. */
interface Seen {
  readonly order: number;
  readonly at: Date;
}

export interface SeenFact extends Seen {
  readonly id: string;
  readonly fact: Fact;
  /** Of an intent: whether request, address and authority were active, and the patient was there, when it was recorded. */
  readonly active: boolean;
}

export interface SeenCopy extends Seen {
  readonly sha256: Sha256;
  readonly envelope: Envelope;
}

export interface SeenStop extends Seen {
  readonly requestId: string;
  /** Absent: all addresses. */
  readonly address?: string;
  /** Which version of the request the answer was about, where the address may be asked for again. */
  readonly version?: number;
  readonly inFlight: readonly string[];
}

export interface SeenRequest extends Seen {
  readonly before: TransmitRequest | undefined;
  readonly after: TransmitRequest;
}

export interface SeenTrigger extends Seen {
  readonly trigger: Trigger;
}

/** An authentic notice about a copy, when it lay in the mail bucket and its key on the queue. */
export interface SeenNotice extends Seen {
  readonly body: string;
  readonly sha256: Sha256;
  readonly says: string;
}

/** What somebody was told of a copy. */
export interface SeenStatus extends Seen {
  readonly by: 'line' | 'api';
  readonly id: string;
  readonly status: string;
}

export interface SeenWindow extends Seen {
  readonly window: Window;
  /** As it was then. */
  readonly request: TransmitRequest | undefined;
  /** Closed, dropped, or emptied by what was called off. */
  readonly isGone: boolean;
  readonly isCalledOff: boolean;
}

export interface SeenReport extends Seen {
  readonly to: 'bus';
  readonly report: Report;
}

/** A clock, and numbers that go up. */
export interface Counting {
  readonly now: () => Date;
  count(): number;
}

/** Sees everything that is committed, that leaves, that comes in and that is told, and believes nobody. */
export class Witness {
  readonly transmissions = new Map<string, Transmission>();
  /** When each was opened. */
  readonly opened = new Map<string, number>();
  readonly requests = new Map<string, TransmitRequest>();
  readonly patients = new Map<string, Patient>();
  readonly facts: SeenFact[] = [];
  /** Facts are only ever added: these were changed or taken away. */
  readonly altered: string[] = [];
  readonly copies: SeenCopy[] = [];
  readonly stops: SeenStop[] = [];
  readonly requestChanges: SeenRequest[] = [];
  readonly triggers: SeenTrigger[] = [];
  readonly notices: SeenNotice[] = [];
  readonly statuses: SeenStatus[] = [];
  readonly windows: SeenWindow[] = [];
  /** When each trigger joined. */
  readonly joined = new Map<string, number>();
  /** Ids of triggers, as the API answered them. */
  readonly accepted: string[] = [];
  /** What became of mail that nobody could read five times. */
  deadMail: () => readonly string[] = () => [];
  /** On the bus. */
  readonly reports: SeenReport[] = [];
  /** What a webhook got. */
  readonly messages: string[] = [];
  readonly #timeline: Counting;
  #calledOffAt: number | undefined;
  #waiting: { readonly kind: Fact['kind']; readonly call: (id: string) => void }[] = [];

  constructor(timeline: Counting) {
    this.#timeline = timeline;
  }

  left(envelope: Envelope): void {
    this.copies.push({ ...this.#seen(), envelope, sha256: sha256(envelope.bytes) });
  }

  stopped(stop: Omit<SeenStop, keyof Seen>): void {
    this.stops.push({ ...this.#seen(), ...stop });
  }

  noticed(notice: Omit<SeenNotice, keyof Seen>): void {
    this.notices.push({ ...this.#seen(), ...notice });
  }

  published(reports: readonly Report[]): void {
    for (const report of reports) this.reports.push({ ...this.#seen(), to: 'bus', report });
  }

  heard(body: string): void {
    this.messages.push(body);
  }

  told(by: SeenStatus['by'], id: string, status: string): void {
    this.statuses.push({ ...this.#seen(), by, id, status });
  }

  /** What was stated of these bytes last. */
  intentOf(bytes: Sha256): { readonly id: string; readonly attempt: number } | undefined {
    const seen = this.facts.findLast(
      ({ fact }) => fact.kind === 'intent' && fact.messageSha256 === bytes,
    );
    return seen?.fact.kind === 'intent' ? { id: seen.id, attempt: seen.fact.attempt } : undefined;
  }

  hasLeft(id: string): boolean {
    return this.facts.some(
      (seen) =>
        seen.id === id &&
        seen.fact.kind === 'intent' &&
        this.copies.some(
          ({ sha256: bytes }) => seen.fact.kind === 'intent' && bytes === seen.fact.messageSha256,
        ),
    );
  }

  /** Calls once, at the first fact of a kind, with the transmission that it is of. */
  onFirst(kind: Fact['kind'], call: (id: string) => void): void {
    this.#waiting.push({ kind, call });
  }

  #seen(): Seen {
    return { order: this.#timeline.count(), at: this.#timeline.now() };
  }

  /** What a transaction made of an item. */
  committed(before: Item | undefined, after: Item | undefined): void {
    const kind = String((after ?? before)?.['kind']);
    if (kind === 'fact') this.#fact(before, after);
    else if (kind === 'window') this.#window(before, after);
    else if (!after) return;
    else if (kind === 'transmission') this.#opened(after['body'] as Transmission);
    else if (kind === 'line') this.#line(after['body'] as TransmissionLine);
    else if (kind === 'patient') this.#patient(after['body'] as Patient);
    else if (kind === 'request') this.#request(before, after['body'] as TransmitRequest);
    else if (kind === 'trigger') this.#trigger(before, after);
  }

  #trigger(before: Item | undefined, after: Item): void {
    const trigger = after['body'] as Trigger;
    if (!before) this.triggers.push({ ...this.#seen(), trigger });
    else if (!isDue(after)) {
      this.joined.set(trigger.id, this.#timeline.count());
      if (trigger.cancels) this.#calledOffAt = this.#timeline.now().getTime();
    }
  }

  #window(before: Item | undefined, after: Item | undefined): void {
    const window = (after ?? before)?.['body'] as Window;
    const request = this.requests.get(window.requestId);
    const isGone = after === undefined;
    // What calls off joins in the same transaction, before the window is gone.
    const isCalledOff = this.#calledOffAt === this.#timeline.now().getTime();
    this.windows.push({ ...this.#seen(), window, request, isGone, isCalledOff });
  }

  #fact(before: Item | undefined, after: Item | undefined): void {
    const id = String((after ?? before)?.pk).slice('TX#'.length);
    if (before || !after) this.altered.push(id);
    if (!after) return;
    const fact = after['body'] as Fact;
    const active = fact.kind !== 'intent' || this.#isActive(id, fact.at);
    this.facts.push({ ...this.#seen(), id, fact, active });
    for (const each of this.#waiting.filter(({ kind }) => kind === fact.kind)) each.call(id);
    this.#waiting = this.#waiting.filter(({ kind }) => kind !== fact.kind);
  }

  #opened(transmission: Transmission): void {
    if (!this.opened.has(transmission.id)) {
      this.opened.set(transmission.id, this.#timeline.count());
    }
    this.transmissions.set(transmission.id, transmission);
  }

  #patient(patient: Patient): void {
    this.patients.set(patient.key, patient);
  }

  #line({ id, status }: TransmissionLine): void {
    this.told('line', id, status);
  }

  #request(before: Item | undefined, after: TransmitRequest): void {
    this.requests.set(after.id, after);
    const was = before?.['body'] as TransmitRequest | undefined;
    this.requestChanges.push({ ...this.#seen(), before: was, after });
  }

  #isActive(id: string, at: string): boolean {
    const transmission = this.transmissions.get(id);
    const request = transmission && this.requests.get(transmission.requestId);
    if (!transmission || !request) return false;
    const address = request.addresses[addressKeyOf(transmission.address)];
    const patient = this.patients.get(transmission.patientKey);
    const isGone = patient?.mergedInto !== undefined;
    const isDead = patient?.death !== undefined && !request.afterDeath;
    const isNow = request.status === 'active' && address?.status === 'active';
    const isAuthorised = request.authorityEndsAt === undefined || at < request.authorityEndsAt;
    return isNow && isAuthorised && !this.#wasStopped(transmission) && !isGone && !isDead;
  }

  /** Whether its address was stopped after it was opened, be it asked for again since. */
  #wasStopped({ id, requestId, address }: Transmission): boolean {
    const opened = this.opened.get(id) ?? Infinity;
    return this.requestChanges.some(
      ({ order, after }) =>
        after.id === requestId &&
        order > opened &&
        after.addresses[addressKeyOf(address)]?.status === 'revoked',
    );
  }
}
