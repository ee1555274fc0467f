import { sameAddress } from '../addresses.ts';
import type { Rule } from './rule.ts';
import type { SeenRouting } from './seen-routing.ts';

/** What SES cannot keep: its MAIL FROM is its own. */
export const MAIL_FROM: Rule<SeenRouting> = {
  id: 'mail-from',
  source: 'ANSI/DS 2019-01-100-2021; Java RI, DefaultNHINDAgent.enforceTamperPolicy',
  minds: ({ mailFrom, from, sender }) =>
    [...from, ...sender].some((each) => sameAddress(each, mailFrom))
      ? undefined
      : 'envelope: MAIL FROM is not the From of the message',
};
