import { X509Certificate } from 'node:crypto';
import type { Now } from '../clock.ts';
import type { DirectAddress } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Cache } from './cache.ts';
import type { CertRecord, Directory } from './directory.ts';
import type { Fetch } from './fetch.ts';
import type { Ldap } from './ldap.ts';
import type { DiscoverAnswer, Discovery, DiscoveryStage, Look } from './discovery.ts';
import { addressName, domainName, isDnsName, PKIX } from './dns-cert.ts';

export interface DiscoverPorts {
  readonly directory: Directory;
  readonly ldap?: Ldap;
  readonly fetch?: Fetch;
  readonly cache?: Cache;
  readonly now: Now;
}

export interface DiscoveryRules {
  /** For all look-ups of one address together. */
  readonly deadlineSeconds: number;
  /** Whether `+tag` is taken off the local part before anything is looked up. */
  readonly stripTags: boolean;
}

/**
 * Looks for the certificates of an address: first those of the address, then those of its domain.
 *
 * The first stage that holds a certificate is final. An expired certificate at the address is not passed over for a
 * good one at the domain, and a name server that fails is not taken for one that has none: either would let an outage
 * or an attacker choose which certificate is used.
 *
 * @failure discover/no-certificate, discover/bad-certificate
 * @failure discover/unreachable, discover/refused, discover/malformed (of the stage at which the search stopped)
 */
export async function discover(
  address: DirectAddress,
  { directory, now }: DiscoverPorts,
  _rules?: DiscoveryRules,
): Promise<DiscoverAnswer> {
  const looks: Look[] = [];
  for (const { stage, name } of stagesOf(address)) {
    const startedMs = now().getTime();
    const answer = await directory.certRecords(name);
    const outcome = answer.ok ? judge(stage, answer.value.records) : answer;
    const found = answer.ok ? answer.value.records.filter(isPkix).length : 0;
    const look = { stage, name, found, tookMs: now().getTime() - startedMs };
    looks.push(outcome.ok ? look : { ...look, code: outcome.failure.code });
    const none = !outcome.ok && outcome.failure.code === 'discover/no-certificate';
    if (!none) return { looks, outcome };
  }
  return { looks, outcome: fail('discover/no-certificate') };
}

/** A stage whose name DNS cannot hold is left out: nothing can be published there. */
const stagesOf = (address: DirectAddress): { stage: DiscoveryStage; name: string }[] =>
  [
    { stage: 'dns-address' as const, name: addressName(address) },
    { stage: 'dns-domain' as const, name: domainName(address) },
  ].filter(({ name }) => isDnsName(name));

/** What is published under another type (PGP, SPKI, a URL) is not looked at and is no certificate. */
function judge(stage: DiscoveryStage, records: readonly CertRecord[]): Outcome<Discovery> {
  const published = new Map(
    records.filter(isPkix).map(({ data }) => [Buffer.from(data).toString('base64'), data]),
  );
  const certificates = [...published.values()];
  if (certificates.length === 0) return fail('discover/no-certificate');
  if (!certificates.some(isCertificate)) return fail('discover/bad-certificate');
  return done({ stage, certificates });
}

const isPkix = ({ type }: CertRecord): boolean => type === PKIX;

/** Whether the bytes are one DER certificate and nothing else; the PEM that the class also reads is refused. */
function isCertificate(bytes: Uint8Array): boolean {
  try {
    return new X509Certificate(bytes).raw.equals(bytes);
  } catch {
    return false;
  }
}
