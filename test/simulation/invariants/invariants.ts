import type { Life } from './life.ts';
import { duplicates } from './duplicates.ts';
import { ends } from './ends.ts';
import { losses } from './losses.ts';
import { revocations } from './revocations.ts';
import type { Violation } from './violation.ts';

/**
 * Everything that must hold of a life that is over, by what was seen of it.
 *
 * @param isQuiet whether all that was planned has happened
 */
export async function violationsIn(life: Life, isQuiet: boolean): Promise<readonly Violation[]> {
  return [
    ...(isQuiet ? [] : [{ broken: 'lost', says: 'it never became quiet' } as const]),
    ...(await losses(life)),
    ...duplicates(life.witness),
    ...revocations(life.witness),
    ...ends(life),
  ];
}
