import type { Check } from './check.ts';
import { bundles } from './checks/bundles.ts';
import { clock } from './checks/clock.ts';
import { hispXdr } from './checks/hisp-xdr.ts';
import { identities } from './checks/identities.ts';
import { published } from './checks/published.ts';
import { receiptRules } from './checks/receipt-rules.ts';
import { receiving } from './checks/receiving.ts';
import { relay } from './checks/relay.ts';
import { resolvers } from './checks/resolvers.ts';
import { ses } from './checks/ses.ts';
import { settings } from './checks/settings.ts';

/** All that is looked at, in the order of the path: what everything hangs on, finding and trusting, sending, hearing. */
export const CHECKS: readonly Check[] = [
  settings,
  clock,
  resolvers,
  bundles,
  identities,
  published,
  relay,
  hispXdr,
  ses,
  receiving,
  receiptRules,
];
