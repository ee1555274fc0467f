import { sameAddress } from '../addresses.ts';
import type { Rule } from './rule.ts';
import type { SeenRouting } from './seen-routing.ts';

/** Whoever is in Bcc alone is not named. */
export const RECIPIENTS_NAMED: Rule<SeenRouting> = {
  id: 'recipients-named',
  source: 'ANSI/DS 2019-01-100-2021; Java RI, DefaultNHINDAgent.enforceTamperPolicy',
  minds: ({ recipients, named }) =>
    recipients.every((recipient) => named.some((each) => sameAddress(each, recipient)))
      ? undefined
      : 'envelope: a recipient is neither in To nor in Cc',
};
