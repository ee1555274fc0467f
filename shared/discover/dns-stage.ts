import { done, type Outcome, type Refused } from '../outcome.ts';
import type { CertRecord } from './directory.ts';
import type { DiscoveryStage, Look } from './discovery.ts';
import { isDnsName, PKIX } from './dns-cert.ts';
import { follow, linkOf, linksIn } from './linked-certificates.ts';
import {
  absent,
  distinct,
  foremost,
  isCertificate,
  saidOf,
  type Search,
  type StageAnswer,
} from './search.ts';

const MAX_TTL_SECONDS = 86_400;
/** What lies behind a URL may change without the record. */
const LINKED_TTL_SECONDS = 300;

/**
 * The certificates that are published at a name in DNS: in the records (PKIX), or where records point to (IPKIX, URI).
 * Records of other types are passed over. A name that DNS cannot hold is not asked: nothing can be published there.
 *
 * @failure discover/unreachable, discover/refused, discover/malformed
 * @failure discover/blocked-url, discover/url-unreachable when that was all there is
 */
export async function askDns(
  stage: DiscoveryStage & `dns-${string}`,
  name: string,
  search: Search,
): Promise<Outcome<StageAnswer>> {
  if (!isDnsName(name)) return done(absent());
  const { directory, trace, within, fetch } = search;
  const answer = await trace.look(
    { stage, name },
    () => directory.certRecords(name, within),
    ({ records }) => saidOfRecords(records, fetch !== undefined),
  );
  if (!answer.ok) return answer;

  const { records, ttlSeconds } = answer.value;
  const links = fetch ? linksIn(records) : [];
  if (links.length === 0 && !records.some(isPkix)) return done(absent(ttlSeconds));
  const { values, refusals } = await gather(records, links, search);
  const refusal = foremost(refusals);
  if (refusal && !values.some(isCertificate)) return refusal;
  return done({
    discovery: { stage, certificates: distinct(values) },
    ttlSeconds: Math.min(ttlSeconds, links.length > 0 ? LINKED_TTL_SECONDS : MAX_TTL_SECONDS),
  });
}

const isPkix = ({ type }: CertRecord): boolean => type === PKIX;

function saidOfRecords(
  records: readonly CertRecord[],
  follows: boolean,
): Pick<Look, 'found' | 'code'> {
  const written = records.filter(isPkix).map(({ data }) => data);
  const links = follows ? records.filter((record) => linkOf(record) !== undefined) : [];
  return links.length > 0 ? { found: written.length + links.length } : saidOf(written);
}

/** All links at once, and what they give in the order of the records. */
async function gather(
  records: readonly CertRecord[],
  links: readonly string[],
  search: Search,
): Promise<{ readonly values: readonly Uint8Array[]; readonly refusals: readonly Refused[] }> {
  const outcomes = await Promise.all(links.map((link) => follow(link, search)));
  const values = records.flatMap((record) => {
    if (isPkix(record)) return [record.data];
    const link = linkOf(record);
    const outcome = link === undefined ? undefined : outcomes[links.indexOf(link)];
    return outcome?.ok ? outcome.value : [];
  });
  return { values, refusals: outcomes.filter((outcome) => !outcome.ok) };
}
