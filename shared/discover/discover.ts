import type { Now } from '../clock.ts';
import type { DirectAddress } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { mailboxOf } from './address-tag.ts';
import type { Cache } from './cache.ts';
import type { DiscoverAnswer, Discovery } from './discovery.ts';
import { addressName, domainName } from './dns-cert.ts';
import { askDns } from './dns-stage.ts';
import { keepAnswer, knownAnswer } from './known-answer.ts';
import { askLdap } from './ldap-stage.ts';
import { isCertificate, type Search, type StageAnswer } from './search.ts';
import { newTrace } from './trace.ts';

/** Without LDAP or Fetch, what lies there is not looked for; without a cache, nothing is remembered. */
export interface DiscoverPorts extends Pick<Search, 'directory' | 'ldap' | 'fetch'> {
  readonly cache?: Cache;
  readonly now: Now;
}

export interface DiscoveryRules {
  /** For all look-ups of one address together. */
  readonly deadlineSeconds: number;
  /** Whether `+tag` is taken off the local part before anything is looked up. */
  readonly stripTags: boolean;
}

const DEFAULT_RULES: DiscoveryRules = { deadlineSeconds: 8, stripTags: false };

/**
 * Looks for the certificates of an address: in DNS those of the address, then those of its domain; then in the LDAP
 * directories of the domain.
 *
 * The first stage that holds a certificate is final. An expired certificate at the address is not passed over for a
 * good one at the domain, and a name server that fails is not taken for one that has none: either would let an outage
 * or an attacker choose which certificate is used.
 *
 * What was found is remembered as long as whoever published it allows, and so is that nothing is published; refusals that
 * may pass are not, nor what is no certificate.
 *
 * @failure discover/no-certificate, discover/bad-certificate
 * @failure discover/too-slow when the deadline strikes
 * @failure as `askDns` and `askLdap`, of the stage at which the search stopped
 */
export async function discover(
  address: DirectAddress,
  ports: DiscoverPorts,
  rules: DiscoveryRules = DEFAULT_RULES,
): Promise<DiscoverAnswer> {
  const { cache, now } = ports;
  const wanted = mailboxOf(address, rules);
  const known = await knownAnswer(wanted, cache);
  if (known) return { looks: [], outcome: known };

  const trace = newTrace(now);
  const within = AbortSignal.timeout(rules.deadlineSeconds * 1000);
  const answer = await searchFor(wanted, { ...ports, trace, within });
  const outcome = answer.ok ? judge(answer.value) : answer;
  const publishes = answer.ok && (outcome.ok || !answer.value.discovery);
  if (publishes) await keepAnswer(wanted, answer.value, { ...(cache && { cache }), now: now() });
  const late = !answer.ok && within.aborted;
  return { looks: trace.looks, outcome: late ? fail('discover/too-slow') : outcome };
}

/** Goes through the stages up to the first that holds anything, or fails. Each one's absence limits how long all is believed. */
async function searchFor(address: DirectAddress, search: Search): Promise<Outcome<StageAnswer>> {
  const stages = [
    () => askDns('dns-address', addressName(address), search),
    () => askDns('dns-domain', domainName(address), search),
    () => askLdap(address, search),
  ];
  let ttlSeconds = Infinity;
  for (const ask of stages) {
    const answer = await ask();
    if (!answer.ok) return answer;
    const { discovery } = answer.value;
    ttlSeconds = Math.min(ttlSeconds, answer.value.ttlSeconds);
    if (discovery) return done({ discovery, ttlSeconds });
  }
  return done({ ttlSeconds });
}

function judge({ discovery }: StageAnswer): Outcome<Discovery> {
  if (!discovery) return fail('discover/no-certificate');
  return discovery.certificates.some(isCertificate)
    ? done(discovery)
    : fail('discover/bad-certificate');
}
