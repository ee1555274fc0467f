import { setTimeout as sleep } from 'node:timers/promises';
import type { Functions } from '../../../infra/local/functions/functions.ts';
import type { Chance } from '../kernel/chance.ts';

/** Kills workers in the middle of their work, whichever is at work when the dice fall, until it is over. */
export async function killAtRandom(
  functions: Functions,
  chance: Chance,
  isOver: () => boolean,
): Promise<number> {
  let killed = 0;
  const choose = (count: number): number => Math.floor(chance.fraction() * count);
  while (!isOver()) {
    await sleep(chance.between(50, 700));
    const names = functions.names.toSorted(() => chance.fraction() - 0.5);
    for (const name of names) {
      if (await functions.get(name).killOneAtWork(choose)) {
        killed += 1;
        break;
      }
    }
  }
  return killed;
}
