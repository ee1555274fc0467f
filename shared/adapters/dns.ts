import type { Answer, Directory } from '../discover/directory.ts';
import { isDnsName } from '../discover/dns-cert.ts';
import { fail, type Outcome } from '../outcome.ts';
import { askByTcp, askByUdp, type Resolver } from './dns-exchange.ts';
import { newQuery, type Reading } from './dns-message.ts';
import { CERT, SRV, type RecordKind } from './dns-records.ts';
import { parseResolvers } from './resolvers.ts';

export interface DnsOptions {
  /** `host:port` each (port 53 when left out), asked in this order; `system` stands for the machine's own. */
  readonly resolvers: string | readonly string[];
  /** `tcp` sends no datagram at all. @default 'udp-first' */
  readonly transport?: 'udp-first' | 'tcp';
  /** For one datagram or one connection. @default 2000 */
  readonly timeoutMs?: number;
  /** Datagrams to one resolver before the next one is asked. @default 2 */
  readonly tries?: number;
  /** For one look-up, over all resolvers. @default 8000 */
  readonly deadlineMs?: number;
}

type Limits = Required<Omit<DnsOptions, 'resolvers'>>;

/** What is asked, and when it has to end. */
interface Question<T> {
  readonly name: string;
  readonly kind: RecordKind<T>;
  readonly limits: Limits;
  readonly within: AbortSignal;
}

/**
 * DNS by recursive resolvers: UDP with EDNS first, TCP when the answer is cut. Node's own resolver knows no CERT
 * records. A resolver that fails is followed by the next one; the last failure is reported.
 *
 * @throws Error when the resolvers cannot be read, which is a wrong setting
 */
export function dnsDirectory({ resolvers, ...options }: DnsOptions): Directory {
  const asked = parseResolvers(resolvers);
  const limits: Limits = {
    transport: 'udp-first',
    timeoutMs: 2000,
    tries: 2,
    deadlineMs: 8000,
    ...options,
  };
  const lookUp =
    <T>(kind: RecordKind<T>) =>
    (name: string, within?: AbortSignal): Promise<Outcome<Answer<T>>> => {
      if (!isDnsName(name)) return Promise.resolve(fail('discover/bad-address'));
      const deadline = AbortSignal.timeout(limits.deadlineMs);
      const signal = within ? AbortSignal.any([within, deadline]) : deadline;
      return askAll(asked, { name, kind, limits, within: signal });
    };
  return { certRecords: lookUp(CERT), serverRecords: lookUp(SRV) };
}

async function askAll<T>(
  resolvers: readonly Resolver[],
  question: Question<T>,
): Promise<Outcome<Answer<T>>> {
  let last: Outcome<Answer<T>> = fail('discover/unreachable');
  for (const resolver of resolvers) {
    if (question.within.aborted) return last;
    last = await askOne(resolver, question);
    if (last.ok) return last;
  }
  return last;
}

async function askOne<T>(resolver: Resolver, question: Question<T>): Promise<Outcome<Answer<T>>> {
  let edns = true;
  for (let tried = 0; tried < question.limits.tries && !question.within.aborted; tried++) {
    let reading = await ask(resolver, question, edns);
    if (reading?.kind === 'edns-unknown') {
      edns = false;
      reading = await ask(resolver, question, edns);
    }
    if (reading?.kind === 'final') return reading.outcome;
  }
  return fail('discover/unreachable');
}

async function ask<T>(
  resolver: Resolver,
  { name, kind, limits, within }: Question<T>,
  edns: boolean,
): Promise<Reading<T> | undefined> {
  const query = newQuery(name, kind, edns);
  const signal = (): AbortSignal =>
    AbortSignal.any([within, AbortSignal.timeout(limits.timeoutMs)]);
  if (within.aborted) return undefined;
  if (limits.transport === 'tcp') return askByTcp(resolver, query, signal());
  const reading = await askByUdp(resolver, query, signal());
  if (reading?.kind !== 'truncated' || within.aborted) return reading;
  return askByTcp(resolver, query, signal());
}
