import { mailboxOf } from '../discover/address-tag.ts';
import { discover, type DiscoverPorts } from '../discover/discover.ts';
import type { Cache } from '../discover/cache.ts';
import type { Look } from '../discover/discovery.ts';
import type { Fetch } from '../discover/fetch.ts';
import type { DirectAddress } from '../ids.ts';
import type { Settings } from '../settings.ts';
import type { Certificate } from './certificate.ts';
import { rulesFor } from './rules.ts';
import { sourcesOf } from './sources.ts';
import { trust, type TrustAnswer } from './trust.ts';

/** What it takes to find out whom to encrypt to. */
export interface RecipientPorts extends DiscoverPorts {
  readonly fetch: Fetch;
  readonly cache: Cache;
  /** As they are now: bundles are refreshed while functions run. */
  readonly anchors: () => Promise<readonly Certificate[]>;
  readonly settings: Pick<Settings, 'discovery' | 'trust'>;
}

export interface RecipientAnswer extends TrustAnswer {
  /** What discovery asked, in order. */
  readonly looks: readonly Look[];
}

/**
 * Finds the certificates of an address and decides which of them may be encrypted to, by the rules for its domain.
 *
 * @failure discover/*, trust/*
 */
export async function recipientOf(
  address: DirectAddress,
  ports: RecipientPorts,
): Promise<RecipientAnswer> {
  const { settings } = ports;
  const { looks, outcome } = await discover(address, ports, settings.discovery);
  if (!outcome.ok) return { looks, outcome, rejected: [] };
  const mailbox = mailboxOf(address, settings.discovery);
  const answer = await trust(mailbox, outcome.value.certificates, 'encryption', {
    anchors: await ports.anchors(),
    now: ports.now(),
    rules: rulesFor(address, settings),
    sources: sourcesOf(ports),
  });
  return { looks, ...answer };
}
