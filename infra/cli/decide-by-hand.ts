import type { TransmissionId } from '../../shared/ids.ts';
import type { Failure, Outcome } from '../../shared/outcome.ts';
import { statusOf } from '../../shared/status/status.ts';
import type { Addition } from '../../shared/transmission/ledger.ts';
import type { History } from '../../shared/transmission/transmission.ts';
import { CommandError, inWords, type Report } from './command.ts';
import { storesOf } from './main-table.ts';

interface Asked {
  readonly id: TransmissionId;
  readonly table: string | undefined;
  readonly decide: (history: History, now: Date) => Outcome<Addition>;
  /** What is done, in one word or some. */
  readonly did: string;
  /** What an operator does instead of what is refused. */
  readonly instead?: (failure: Failure) => string;
}

/**
 * Writes down what an operator decided about a copy. Nobody is rung: the sweep looks at it within a minute.
 *
 * @throws CommandError with the code of the refusal
 */
export async function decideByHand({ id, table, decide, did, instead }: Asked): Promise<Report> {
  const { ledger } = storesOf({ table });
  const now = new Date();
  const decided = await ledger.append(id, now, (history) => decide(history, now));
  if (!decided.ok) {
    const more = instead?.(decided.failure);
    const line = inWords(decided.failure);
    throw new CommandError(more ? `${line} ${more}` : line, decided.failure.code);
  }
  const said = statusOf(decided.value.facts);
  return {
    ok: true,
    lines: ['The sweep looks at it within a minute.'],
    json: { id, ...said },
    summary: `${id}: ${did}; it is ${said.status} now`,
  };
}
