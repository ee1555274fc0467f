import { done, fail, type Outcome } from '../../outcome.ts';
import type { ActiveRuleSet } from './active-rule-set.ts';

/** With what the names of all our sets begin, whatever the stage. */
const OURS = 'direct-transmit-';

/**
 * Has mail taken in by our set of rules, unless it is by another one already: whose mail that is, nobody here knows. SES
 * has no condition for it, so a set that somebody else activates in the same second is displaced.
 *
 * @failure notification/rules-of-other-stage
 * @failure notification/rules-taken
 */
export async function activateRules(name: string, active: ActiveRuleSet): Promise<Outcome<void>> {
  const found = await active.read();
  if (found === undefined) await active.write(name);
  else if (found.startsWith(OURS) && found !== name) {
    return fail('notification/rules-of-other-stage', found);
  } else if (found !== name) return fail('notification/rules-taken', found);
  return done(undefined);
}

/** Has no more mail taken in by our set of rules; any other one stays. */
export async function deactivateRules(name: string, active: ActiveRuleSet): Promise<Outcome<void>> {
  if ((await active.read()) === name) await active.write(undefined);
  return done(undefined);
}
