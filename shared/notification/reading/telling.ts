import { sha256 } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { RecipientTelling, Telling } from '../reading.ts';
import { distinct } from './names.ts';

const MOST_RECIPIENTS = 100;

/**
 * What was read as a notice with an id of its own.
 *
 * @param occasion what makes it another notice than one that says the same of the same message
 * @failure notification/too-large: about more than a hundred recipients; half of them would be worse than none
 */
export function tellingOf(said: Omit<Telling, 'id'>, occasion = ''): Outcome<Telling> {
  if (said.recipients.length > MOST_RECIPIENTS) return fail('notification/too-large');
  const known = { ...said, names: distinct(said.names) };
  return done({ ...known, id: sha256(JSON.stringify([known, occasion])) });
}

/** Recipients about whom nothing new is said. */
export const nothingOf = (address: RecipientTelling['address']): RecipientTelling => ({
  ...(address && { address }),
  final: false,
  outcome: 'none',
});
