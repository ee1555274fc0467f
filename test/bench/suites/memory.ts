import { join } from 'node:path';
import { caseOf } from '../cases.ts';
import { Child, type Program } from '../protocol/child.ts';
import { seriesOf, type Measured, type Series } from '../results.ts';
import { programsFor, type Contestant, type Present } from '../roster.ts';
import type { MeasureSuite } from '../session.ts';

const MESSAGES = 5;
const SAMPLES = 5;
/** Who makes messages in a process of their own; the limit makes none. */
const COMPARED: readonly Contestant[] = ['ours', 'pkijs', 'node-forge', 'bouncycastle'];

/**
 * How far the memory of a fresh process rises above what it held before it read its input, at its peak over five
 * messages. What no floor speaks of is measured in the first run only: the others, and ours with base64.
 */
export const memory: MeasureSuite = async (session) => {
  const { work, run, sizes, say } = session;
  const isWhole = run === 1 && !session.quick;
  const all: Measured[] = [];
  for (const size of sizes) {
    for (const family of isWhole ? session.families : (['structured'] as const)) {
      const name = caseOf(family, size);
      const compared = isWhole && family === 'structured' ? COMPARED : (['ours'] as const);
      const programs = programsFor({ ...session, quick: false, run: 1 }, 'pipeline').filter(
        (each) => compared.some((contestant) => contestant === each.name),
      );
      say(`run ${run}, memory, ${name}: ${SAMPLES} samples of ${programs.length}`);
      const contestants = await samplesOf(programs, join(work, name));
      all.push({ suite: 'memory', case: name, run, unit: 'MB', contestants });
    }
  }
  return all;
};

async function samplesOf(
  programs: readonly Present[],
  folder: string,
): Promise<Readonly<Record<string, Series>>> {
  const samples = new Map(programs.map(({ name }): [string, number[]] => [name, []]));
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    for (const { name, program } of programs) {
      samples.get(name)?.push(await peakMegabytes(program, folder));
    }
  }
  return Object.fromEntries([...samples].map(([name, values]) => [name, seriesOf(values)]));
}

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
