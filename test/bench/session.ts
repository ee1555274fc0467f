import type { Family, Size } from './cases.ts';
import type { Building } from './payloads/sections.ts';
import type { Measured } from './results.ts';
import type { Entrant } from './roster.ts';

/** Everything that a suite needs for one run. */
export interface Session {
  /** The folder that all of it lies in. */
  readonly work: string;
  /** Counted from 1. */
  readonly run: number;
  readonly sizes: readonly Size[];
  readonly families: readonly Family[];
  /** What payloads are made from. */
  readonly building: Building;
  readonly entrants: readonly Entrant[];
  /** Instead of what each suite holds right. */
  readonly rounds: number | undefined;
  /** Only who is judged, and half of the rounds. */
  readonly quick: boolean;
  /** @returns the path of the bundle of a program in contestants/ */
  readonly bundleOf: (name: string) => string;
  /** Shows that the work goes on. */
  readonly say: (line: string) => void;
}

/** Measures everything of a suite once. */
export type MeasureSuite = (session: Session) => Promise<readonly Measured[]>;
