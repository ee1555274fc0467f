import { PROMISES, type Promised } from '../invariants/violation.ts';
import type { RunResult } from '../run.ts';

/** What came of many runs. */
export interface Tally extends Readonly<Record<Promised, number>> {
  readonly runs: number;
  readonly crashes: number;
  readonly handedOver: number;
}

export const NOTHING: Tally = {
  runs: 0,
  crashes: 0,
  handedOver: 0,
  lost: 0,
  silentDuplicates: 0,
  afterRevocation: 0,
  doubleEnds: 0,
};

export function withRun(tally: Tally, { crashes, handedOver, violations }: RunResult): Tally {
  const broken = (promise: Promised): number =>
    violations.filter((violation) => violation.broken === promise).length;
  return {
    runs: tally.runs + 1,
    crashes: tally.crashes + crashes,
    handedOver: tally.handedOver + handedOver,
    lost: tally.lost + broken('lost'),
    silentDuplicates: tally.silentDuplicates + broken('silentDuplicates'),
    afterRevocation: tally.afterRevocation + broken('afterRevocation'),
    doubleEnds: tally.doubleEnds + broken('doubleEnds'),
  };
}

export const isKept = (tally: Tally): boolean => PROMISES.every((promise) => tally[promise] === 0);

/** @param name of the command */
export function summaryOf(name: string, tally: Tally): string {
  const { runs, crashes, handedOver, lost, silentDuplicates, afterRevocation, doubleEnds } = tally;
  return [
    `${name}: ${runs} runs, ${crashes} crashes, ${handedOver} copies handed over`,
    `${lost} lost, ${silentDuplicates} silent duplicates, ${afterRevocation} after revocation`,
    `${doubleEnds} double ends`,
    isKept(tally) ? 'good' : 'NOT good',
  ].join('; ');
}
