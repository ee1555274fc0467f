import type { Size } from '../cases.ts';
import type { Answer } from '../protocol/child.ts';
import type { Series } from '../results.ts';
import type { Session } from '../session.ts';

/** Lets one contestant do its work so many times. */
export type Turn = (repetitions: number) => Promise<Answer>;

export interface Effort {
  readonly rounds: number;
  /** The same for every contestant: the compilers of some need many. */
  readonly warmUpCalls: number;
}

/** Small payloads are quick, and compilers take their time with them: ours gets faster up to some hundreds of calls. */
export const EFFORTS: Readonly<Record<Size, Effort>> = {
  '100k': { rounds: 11, warmUpCalls: 400 },
  '1m': { rounds: 9, warmUpCalls: 20 },
  '10m': { rounds: 7, warmUpCalls: 5 },
  '30m': { rounds: 5, warmUpCalls: 2 },
};

/** What was asked for, or else what is usual, of which half will do in a hurry. */
export const effortIn = (
  { rounds, quick }: Pick<Session, 'rounds' | 'quick'>,
  usual: Effort,
): Effort => ({
  ...usual,
  rounds: rounds ?? (quick ? Math.ceil(usual.rounds / 2) : usual.rounds),
});

/** Long enough for the clock, short enough that a disturbance hits one turn of one contestant. */
const TURN_MS = 30;

/**
 * All contestants warm up by the same number of calls, then take turns, so that whatever the machine does happens to
 * all of them.
 */
export async function interleave(
  turns: ReadonlyMap<string, Turn>,
  { rounds, warmUpCalls }: Effort,
): Promise<Readonly<Record<string, Series>>> {
  const repetitions = new Map<string, number>();
  for (const [name, turn] of turns) {
    const { ms: warmUpMs } = await turn(warmUpCalls);
    const callMs = Math.min(warmUpMs / warmUpCalls, (await turn(1)).ms);
    repetitions.set(name, Math.max(1, Math.round(TURN_MS / callMs)));
  }
  const answers = new Map<string, Answer[]>([...turns.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, turn] of turns) {
      answers.get(name)?.push(await turn(repetitions.get(name) ?? 1));
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
