import { join } from 'node:path';
import { caseOf } from '../cases.ts';
import { Child, type Program } from '../protocol/child.ts';
import { seriesOf, type Measured } from '../results.ts';
import type { Contestant, Entrant } from '../roster.ts';
import type { MeasureSuite } from '../session.ts';

const MESSAGES = 5;
const SAMPLES = 5;
/** Who makes messages in a process of their own; the limit makes none. */
const COMPARED: readonly Contestant[] = ['ours', 'pkijs', 'node-forge', 'bouncycastle'];

/**
 * How far the memory of a fresh process rises above what it held before it read its input, at its peak over five
 * messages. The others are measured in the first run only: nothing is judged by them.
 */
export const memory: MeasureSuite = async ({ work, run, sizes, families, entrants, say }) => {
  const programs = entrants.flatMap((entrant) => programOf(entrant, run));
  const all: Measured[] = [];
  for (const name of sizes.flatMap((size) => families.map((family) => caseOf(family, size)))) {
    say(`run ${run}, memory, ${name}: ${SAMPLES} samples of ${programs.length}`);
    const samples = new Map(programs.map(([contestant]): [string, number[]] => [contestant, []]));
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      for (const [contestant, program] of programs) {
        samples.get(contestant)?.push(await peakMegabytes(program, join(work, name)));
      }
    }
    const contestants = Object.fromEntries(
      [...samples].map(([contestant, values]) => [contestant, seriesOf(values)]),
    );
    all.push({ suite: 'memory', case: name, run, unit: 'MB', contestants });
  }
  return all;
};

const programOf = (entrant: Entrant, run: number): readonly [Contestant, Program][] =>
  'program' in entrant && COMPARED.includes(entrant.name) && (run === 1 || entrant.name === 'ours')
    ? [[entrant.name, entrant.program]]
    : [];

async function peakMegabytes(program: Program, folder: string): Promise<number> {
  const child = new Child(program);
  try {
    const { memoryKb: idleKb } = await child.ask('idle');
    const { memoryKb: peakKb } = await child.ask('pipeline', folder, MESSAGES);
    return ((peakKb - idleKb) * 1024) / 1_000_000;
  } finally {
    await child.end();
  }
}
