import type { Suite } from '../cases.ts';
import type { Verdict } from '../gates.ts';
import type { Machine } from '../machine.ts';
import type { Payload } from '../payloads/prepare.ts';
import type { Measured } from '../results.ts';

/** All that a bench has found. */
export interface Report {
  /** What was measured of all that there is. */
  readonly suites: readonly Suite[];
  readonly machine: Machine;
  readonly quick: boolean;
  readonly runs: number;
  /** What the payloads were put together from. */
  readonly source: string;
  readonly payloads: readonly Payload[];
  /** Contestants that could not be run, with the reason. */
  readonly absent: readonly { readonly name: string; readonly why: string }[];
  readonly measured: readonly Measured[];
  readonly verdicts: readonly Verdict[];
  /** The last line. */
  readonly summary: string;
}
