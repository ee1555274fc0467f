import type { Size } from '../cases.ts';
import type { Answer, Child } from '../protocol/child.ts';
import type { Series } from '../results.ts';

export interface Effort {
  readonly rounds: number;
  /** The same for every contestant: the compilers of some need many. */
  readonly warmUpCalls: number;
}

/** Long enough for the clock, short enough that a disturbance hits one call of one contestant. */
const CALL_MS = 30;

/**
 * Measures one mode of one case: all contestants warm up by the same number of calls, then take turns, so that
 * whatever the machine does happens to all of them.
 */
export async function interleave(
  children: ReadonlyMap<string, Child>,
  mode: string,
  folder: string,
  { rounds, warmUpCalls }: Effort,
): Promise<Readonly<Record<string, Series>>> {
  const repetitions = new Map<string, number>();
  for (const [name, child] of children) {
    const { ms: warmUpMs } = await child.ask(mode, folder, warmUpCalls);
    const callMs = Math.min(warmUpMs / warmUpCalls, (await child.ask(mode, folder, 1)).ms);
    repetitions.set(name, Math.max(1, Math.round(CALL_MS / callMs)));
  }
  const answers = new Map<string, Answer[]>([...children.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, child] of children) {
      answers.get(name)?.push(await child.ask(mode, folder, repetitions.get(name) ?? 1));
    }
  }
  return Object.fromEntries(
    [...answers].map(([name, each]) => [name, seriesOf(each, repetitions.get(name) ?? 1)]),
  );
}

function seriesOf(answers: readonly Answer[], repetitions: number): Series {
  const parts = Object.keys(answers[0]?.partMs ?? {});
  const calls = repetitions * answers.length;
  const sumOf = (part: string): number =>
    answers.reduce((sum, { partMs }) => sum + (partMs[part] ?? 0), 0);
  return {
    values: answers.map(({ ms }) => ms / repetitions),
    bytes: answers[0]?.bytes ?? 0,
    parts: Object.fromEntries(parts.map((part) => [part, sumOf(part) / calls])),
  };
}

/** Small payloads are quick, and compilers take their time with them. */
export const EFFORTS: Readonly<Record<Size, Effort>> = {
  '100k': { rounds: 11, warmUpCalls: 150 },
  '1m': { rounds: 9, warmUpCalls: 20 },
  '10m': { rounds: 7, warmUpCalls: 5 },
  '30m': { rounds: 5, warmUpCalls: 2 },
};
