import { later } from '../clock.ts';
import type { FailureCode } from '../failures.ts';
import type { RelaySettings } from '../settings.ts';

/** How many failures open it, and for how long. */
export type CircuitSettings = Pick<
  RelaySettings,
  'circuitOpensAfterFailures' | 'circuitOpenSeconds'
>;

/** What all workers know together of how the relay fares. */
export interface CircuitState {
  /** Of the relay itself, one after the other. */
  readonly failures: number;
  /** ISO 8601 UTC; until then nobody asks the relay, and then one does. Absent: everybody may. */
  readonly openUntil?: string;
  /** Counts changes. */
  readonly version: number;
}

/** Where that is kept. It may be lost at any moment, and then the relay is taken to fare well. */
export interface CircuitStore {
  read(): Promise<CircuitState>;
  /** Keeps `after`, whose version is the next one, unless somebody was faster: then it answers false. */
  replace(after: CircuitState): Promise<boolean>;
}

export const CLOSED: CircuitState = { failures: 0, version: 0 };

/** Whether a worker may ask the relay; `probe` is the one who tries whether it works again. */
export type Passage =
  | { readonly kind: 'closed' }
  | { readonly kind: 'probe'; readonly after: CircuitState }
  | { readonly kind: 'open'; readonly until: Date };

/** @param settings of the relay */
export function passageOf(state: CircuitState, now: Date, settings: CircuitSettings): Passage {
  if (state.openUntil === undefined) return { kind: 'closed' };
  const until = new Date(state.openUntil);
  if (until > now) return { kind: 'open', until };
  // Others wait for this one as long again: should it die, the next one tries.
  return { kind: 'probe', after: opened(state, now, settings) };
}

/**
 * What becomes of it when the relay failed: opened after some failures in a row, and again when a probe failed.
 *
 * @returns whether it was opened by this failure, beside the new state
 */
export function afterFailure(
  state: CircuitState,
  now: Date,
  { isProbe, settings }: { readonly isProbe: boolean; readonly settings: CircuitSettings },
): { readonly after: CircuitState; readonly opens: boolean } {
  const counted = { ...state, failures: state.failures + 1, version: state.version + 1 };
  const isOpen = state.openUntil !== undefined && new Date(state.openUntil) > now;
  const isEnough = counted.failures >= settings.circuitOpensAfterFailures;
  const opens = isProbe || (isEnough && !isOpen);
  return opens
    ? { after: { ...opened(state, now, settings), failures: counted.failures }, opens }
    : { after: counted, opens };
}

/** The relay answered: nothing is held against it. */
export const afterAnswer = ({ version }: CircuitState): CircuitState => ({
  failures: 0,
  version: version + 1,
});

/** The probe had no reason to ask the relay after all: the next one may try at once. */
export const afterNoProbe = (state: CircuitState, now: Date): CircuitState => ({
  ...state,
  openUntil: now.toISOString(),
  version: state.version + 1,
});

const opened = (state: CircuitState, now: Date, { circuitOpenSeconds }: CircuitSettings) => ({
  ...state,
  openUntil: later(now, circuitOpenSeconds).toISOString(),
  version: state.version + 1,
});

/**
 * Of the relay itself, whatever the copy. One that defers or refuses a copy works: it may have its reasons, and one bad
 * domain among the recipients must not keep everybody from it.
 */
const OF_THE_RELAY: readonly FailureCode[] = [
  'deliver/unreachable',
  'deliver/not-authorized',
  'deliver/unanswered',
];

export const isOfTheRelay = (code: FailureCode): boolean => OF_THE_RELAY.includes(code);
