import type { Config } from '../config.ts';
import { ofCallers } from './of-callers.ts';
import { ofDeadlines } from './of-deadlines.ts';
import { ofMail } from './of-mail.ts';
import { ofPortal } from './of-portal.ts';
import { ofReach } from './of-reach.ts';
import { ofReceiving } from './of-receiving.ts';
import { ofTrust } from './of-trust.ts';

export type Read = Pick<Config, 'settings' | 'deployment'>;

/** Looks for one contradiction. Each sentence names the setting first, then says what to write. */
export type Contradiction = (read: Read) => readonly string[];

/** Settings each of which may be as it is, and all of which together may not be deployed. */
export const contradictionsIn = (read: Read): readonly string[] =>
  [
    ...ofTrust,
    ...ofMail,
    ...ofReceiving,
    ...ofCallers,
    ...ofPortal,
    ...ofReach,
    ...ofDeadlines,
  ].flatMap((look) => look(read));
