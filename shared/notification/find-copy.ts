import type { MessageId } from '../ids.ts';
import { fail, type Outcome } from '../outcome.ts';
import type { Ledger } from '../transmission/ledger.ts';
import type { History } from '../transmission/transmission.ts';

/**
 * The copy that a notice is about: the one that goes by the first of its names that is known here.
 *
 * @param names the surest first
 * @failure notification/no-message-id (it gives none), notification/unknown-message
 */
export async function copyNamed(
  names: readonly MessageId[],
  ledger: Ledger,
): Promise<Outcome<History>> {
  if (names.length === 0) return fail('notification/no-message-id');
  for (const name of names) {
    const id = await ledger.byName(name);
    if (id.ok) return ledger.read(id.value);
  }
  return fail('notification/unknown-message');
}
