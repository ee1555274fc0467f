import { domainOf, type DirectAddress } from '../ids.ts';
import { done, fail, type Outcome, type Refused } from '../outcome.ts';
import type { ServerRecord } from './directory.ts';
import type { Discovery } from './discovery.ts';
import { isDnsName } from './dns-cert.ts';
import type { Ldap, LdapServer } from './ldap.ts';
import { absent, distinct, foremost, saidOf, type Search, type StageAnswer } from './search.ts';

/** Servers of a domain beyond these are not asked. The deadline of the whole search is likely to come sooner. */
const MAX_SERVERS = 8;
const TTL_SECONDS = 300;

/**
 * The certificates that the LDAP servers of a domain hold: at each server those of the address, then those of the
 * domain, before the next one is asked. The first server that holds any is the last.
 *
 * A server that fails is followed by the next one, but what it may hold stays open: when no other holds any, the answer is
 * its failure and never that there is none. So does what those hold for whom no time is left.
 *
 * @failure discover/unreachable, discover/refused, discover/malformed (DNS cannot say which servers there are)
 * @failure discover/ldap-unreachable, discover/ldap-refused, discover/ldap-malformed, discover/ldap-blocked
 */
export async function askLdap(
  address: DirectAddress,
  search: Search,
): Promise<Outcome<StageAnswer>> {
  const { directory, ldap, trace, within } = search;
  const name = `_ldap._tcp.${domainOf(address)}`;
  if (!ldap || !isDnsName(name)) return done(absent());
  const answer = await trace.look(
    { stage: 'ldap-servers', name },
    () => directory.serverRecords(name, within),
    ({ records }) => ({ found: records.length }),
  );
  if (!answer.ok) return answer;

  const { records, ttlSeconds } = answer.value;
  const refusals: Refused[] = [];
  for (const record of inOrder(records).slice(0, MAX_SERVERS)) {
    if (within.aborted) return fail('discover/ldap-unreachable');
    const asked = await askServer(ldap, record, address, search);
    if (!asked.ok) refusals.push(asked);
    else if (asked.value) return done({ discovery: asked.value, ttlSeconds: TTL_SECONDS });
  }
  return foremost(refusals) ?? done(absent(records.length > 0 ? TTL_SECONDS : ttlSeconds));
}

/**
 * By priority, within one by weight from the heaviest down. RFC 2782 would draw by weight; drawing now and then asks the
 * lightest first, and peers publish as if that never happened. A root target says that there is no such service.
 */
const inOrder = (records: readonly ServerRecord[]): readonly ServerRecord[] =>
  records
    .filter(({ target }) => target !== '')
    .toSorted((one, other) => one.priority - other.priority || other.weight - one.weight);

/** @returns undefined when the server holds none */
async function askServer(
  ldap: Ldap,
  record: ServerRecord,
  address: DirectAddress,
  search: Search,
): Promise<Outcome<Discovery | undefined>> {
  const place = `${record.target}:${record.port}`;
  const opened = await search.trace.look(
    { stage: 'ldap-address', name: place },
    () => open(ldap, record, search.within),
    ({ contexts }) => ({ found: contexts.length }),
  );
  if (!opened.ok) return opened;
  const { server, contexts } = opened.value;
  try {
    const own = await askFor('ldap-address', address, { server, contexts, place }, search);
    if (!own.ok || own.value) return own;
    return await askFor('ldap-domain', domainOf(address), { server, contexts, place }, search);
  } finally {
    await server.close();
  }
}

interface Opened {
  readonly server: LdapServer;
  readonly contexts: readonly string[];
}

async function open(
  ldap: Ldap,
  record: ServerRecord,
  within: AbortSignal,
): Promise<Outcome<Opened>> {
  const opened = await ldap.open(record, within);
  if (!opened.ok) return opened;
  const server = opened.value;
  const contexts = await server.namingContexts();
  if (contexts.ok) return done({ server, contexts: contexts.value });
  await server.close();
  return contexts;
}

/** In all contexts. One that fails leaves open what it holds, so nothing less exact is asked for in its stead. */
async function askFor(
  stage: 'ldap-address' | 'ldap-domain',
  mail: string,
  { server, contexts, place }: Opened & { readonly place: string },
  { trace }: Search,
): Promise<Outcome<Discovery | undefined>> {
  const values: Uint8Array[] = [];
  let refusal: Refused | undefined;
  for (const context of contexts) {
    const found = await trace.look(
      { stage, name: `${place} ${context} ${mail}` },
      () => server.certificates(context, mail),
      saidOf,
    );
    if (found.ok) values.push(...found.value);
    else refusal ??= found;
  }
  if (values.length > 0) return done({ stage, certificates: distinct(values) });
  return refusal ?? done(undefined);
}
