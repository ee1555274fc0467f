import { getServers } from 'node:dns';
import { isIPv6 } from 'node:net';
import type { CertRecord, Directory } from '../discover/directory.ts';
import { isDnsName } from '../discover/dns-cert.ts';
import { fail, type Outcome } from '../outcome.ts';
import { askByTcp, askByUdp, type Resolver } from './dns-exchange.ts';
import { newQuery, type Reading } from './dns-message.ts';

export interface DnsOptions {
  /** `host:port` each (port 53 when left out), asked in this order; `system` stands for the machine's own. */
  readonly resolvers: string | readonly string[];
  /** For one datagram or one connection. */
  readonly timeoutMs?: number;
  /** Datagrams to one resolver before the next one is asked. */
  readonly tries?: number;
  /** For the whole look-up, over all resolvers. */
  readonly deadlineMs?: number;
}

type Limits = Required<Omit<DnsOptions, 'resolvers'>>;

/**
 * DNS by recursive resolvers: UDP with EDNS first, TCP when the answer is cut. Node's own resolver knows no CERT
 * records. A resolver that fails is followed by the next one; the last failure is reported.
 *
 * @throws Error when the resolvers cannot be read, which is a wrong setting
 */
export function dnsDirectory({ resolvers, ...limits }: DnsOptions): Directory {
  const asked = parseResolvers(resolvers);
  const bounds = { timeoutMs: 2000, tries: 2, deadlineMs: 8000, ...limits };
  return {
    certRecords: (name) =>
      isDnsName(name) ? askAll(asked, name, bounds) : Promise.resolve(fail('discover/bad-address')),
  };
}

async function askAll(
  resolvers: readonly Resolver[],
  name: string,
  limits: Limits,
): Promise<Outcome<readonly CertRecord[]>> {
  const deadline = AbortSignal.timeout(limits.deadlineMs);
  let last: Outcome<readonly CertRecord[]> = fail('discover/unreachable');
  for (const resolver of resolvers) {
    if (deadline.aborted) return last;
    last = await askOne(resolver, name, limits, deadline);
    if (last.ok) return last;
  }
  return last;
}

async function askOne(
  resolver: Resolver,
  name: string,
  { tries, timeoutMs }: Limits,
  deadline: AbortSignal,
): Promise<Outcome<readonly CertRecord[]>> {
  let edns = true;
  for (let tried = 0; tried < tries && !deadline.aborted; tried++) {
    let reading = await ask(resolver, name, edns, timeoutMs, deadline);
    if (reading?.kind === 'edns-unknown') {
      edns = false;
      reading = await ask(resolver, name, edns, timeoutMs, deadline);
    }
    if (reading?.kind === 'final') return reading.outcome;
  }
  return fail('discover/unreachable');
}

async function ask(
  resolver: Resolver,
  name: string,
  edns: boolean,
  timeoutMs: number,
  deadline: AbortSignal,
): Promise<Reading | undefined> {
  const query = newQuery(name, edns);
  const within = (): AbortSignal => AbortSignal.any([deadline, AbortSignal.timeout(timeoutMs)]);
  if (deadline.aborted) return undefined;
  const reading = await askByUdp(resolver, query, within());
  if (reading?.kind !== 'truncated' || deadline.aborted) return reading;
  return askByTcp(resolver, query, within());
}

function parseResolvers(resolvers: string | readonly string[]): Resolver[] {
  const listed = typeof resolvers === 'string' ? resolvers.split(',') : resolvers;
  const parsed = listed
    .flatMap((each) => (each.trim() === 'system' ? getServers() : [each.trim()]))
    .map(parseResolver);
  if (parsed.length === 0) throw new Error('No DNS resolver is configured');
  return parsed;
}

/** `host`, `host:port`, `[IPv6]:port`, or a bare IPv6 address as `getServers` lists it. */
function parseResolver(text: string): Resolver {
  if (isIPv6(text)) return { host: text, port: 53 };
  const [, bracketed, plain, port = '53'] =
    /^(?:\[([^\]]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (!host || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error('RESOLVERS: expected host:port, separated by commas, or system');
  }
  return { host, port: Number(port) };
}
