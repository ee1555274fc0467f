import { sha256 } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { RecipientTelling, Telling } from '../reading.ts';
import { namesOf, oddOf } from './names.ts';

const MOST_RECIPIENTS = 100;

/** What a notice says, before it is known by an id of its own. */
export interface Said extends Omit<Telling, 'id' | 'names' | 'asWritten'> {
  /** The names that it gives the message it is about, as they are written, the surest first. */
  readonly ids: readonly string[];
}

/**
 * What was read as a notice.
 *
 * @param occasion what makes it another notice than one that says the same of the same message
 * @failure notification/too-large: about more than a hundred recipients; half of them would be worse than none
 */
export function tellingOf({ ids, ...said }: Said, occasion = ''): Outcome<Telling> {
  if (said.recipients.length > MOST_RECIPIENTS) return fail('notification/too-large');
  const named = { ...said, names: namesOf(ids) };
  return done({ ...named, id: sha256(JSON.stringify([named, occasion])), asWritten: oddOf(ids) });
}

/** Recipients about whom nothing new is said. */
export const nothingOf = (address: RecipientTelling['address']): RecipientTelling => ({
  ...(address && { address }),
  final: false,
  outcome: 'none',
});
