import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOSTILE_INPUTS, timeOf, type HostileInput } from '../cases.ts';
import { SCENARIOS } from '../hostile/scenarios.ts';
import { play } from '../hostile/play.ts';
import { DEADLINE_MS, writeSituation } from '../hostile/situation.ts';
import { Child } from '../protocol/child.ts';
import { seriesOf, type Measured } from '../results.ts';
import type { MeasureSuite, Session } from '../session.ts';

const SAMPLES = 2;

/**
 * How far the memory of a fresh process rises above what it held before, and how long it takes, when the servers of the
 * address that it looks for are somebody's weapon. They run here, so that what they hold is not counted.
 */
export const hostile: MeasureSuite = async (session) => {
  const all: Measured[] = [];
  for (const input of HOSTILE_INPUTS) all.push(...(await measuredOf(input, session)));
  return all;
};

async function measuredOf(input: HostileInput, session: Session): Promise<readonly Measured[]> {
  const { run, quick, say } = session;
  const samples = quick ? 1 : SAMPLES;
  say(`run ${run}, chain, ${input}: ${samples} samples`);
  const folder = join(session.work, input.replaceAll(/\W+/g, '-'));
  mkdirSync(folder, { recursive: true });
  const { situation, close } = await play(SCENARIOS[input]);
  writeSituation(folder, situation);
  try {
    const each = [];
    for (let sample = 0; sample < samples; sample += 1) each.push(await suffer(session, folder));
    const common = { suite: 'chain', run } as const;
    const [megabytes, times] = [each.map(({ mb }) => mb), each.map(({ ms }) => ms)];
    const deadline = seriesOf(times.map(() => DEADLINE_MS));
    return [
      { ...common, case: input, unit: 'MB', contestants: { ours: seriesOf(megabytes) } },
      {
        ...common,
        case: timeOf(input),
        unit: 'ms',
        contestants: { taken: seriesOf(times), deadline },
      },
    ];
  } catch (error) {
    throw new Error(`Of ${input}`, { cause: error });
  } finally {
    await close();
  }
}

async function suffer({ bundleOf }: Session, folder: string) {
  const child = new Child({ command: process.execPath, args: [bundleOf('victim')] });
  try {
    const { memoryKb: idleKb } = await child.ask('idle');
    const { memoryKb: peakKb, ms } = await child.ask('recipient', folder, 1);
    return { mb: ((peakKb - idleKb) * 1024) / 1_000_000, ms };
  } finally {
    await child.end();
  }
}
