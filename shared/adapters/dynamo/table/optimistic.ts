import type { Table } from '../table.ts';
import { TableBusy } from './refusals.ts';

/** What an attempt answers when somebody else wrote in between: nothing of it was written. */
export const AGAIN: unique symbol = Symbol('again');

/** Of n who race for one item, one wins each round: the unluckiest of 25 still comes through. */
const TRIES = 25;

/**
 * Reads, decides and writes; and when somebody was faster, reads, decides and writes again after a random wait.
 *
 * @throws TableBusy when somebody was faster each time
 */
export async function optimistically<T>(
  table: Table,
  attempt: () => Promise<T | typeof AGAIN>,
): Promise<T> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await attempt();
    if (answer !== AGAIN) return answer;
    await table.pause(tries);
  }
  throw new TableBusy();
}
