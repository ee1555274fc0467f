import { askByTcp, askByUdp, type Resolver } from '../../../../shared/adapters/dns-exchange.ts';
import { newQuery, type Reading } from '../../../../shared/adapters/dns-message.ts';
import { CERT } from '../../../../shared/adapters/dns-records.ts';
import { parseResolvers } from '../../../../shared/adapters/resolvers.ts';
import { addressName, isDnsName } from '../../../../shared/discover/dns-cert.ts';
import type { CertRecord } from '../../../../shared/discover/directory.ts';
import { domainOf, type DirectAddress } from '../../../../shared/ids.ts';
import type { Check } from '../check.ts';
import { codeInWords } from '../../command.ts';
import { doubtful, well, wrong, type Finding } from '../finding.ts';

const WITHIN_MS = 3000;

/**
 * Whether each resolver answers, by datagrams and by connections, and lets CERT records come whole: our own name is asked
 * for, of which a large answer may be had.
 */
export const resolvers: Check = {
  name: 'dns',
  look: ({ config, resolvers: given }, within) => {
    const [sender] = config.settings.senders;
    const name = nameOf(sender!.address);
    return Promise.all(parseResolvers(given).map((each) => lookAt(each, name, within)));
  },
};

function nameOf(address: DirectAddress): string {
  const own = addressName(address);
  return isDnsName(own) ? own : domainOf(address);
}

type Answered = Reading<CertRecord> | undefined;

async function lookAt(resolver: Resolver, name: string, within: AbortSignal): Promise<Finding> {
  const signal = (): AbortSignal => AbortSignal.any([within, AbortSignal.timeout(WITHIN_MS)]);
  const ask = (edns: boolean) => newQuery(name, CERT, edns);
  const [withEdns, tcp] = await Promise.all([
    askByUdp(resolver, ask(true), signal()),
    askByTcp(resolver, ask(true), signal()),
  ]);
  const isOld = withEdns?.kind === 'edns-unknown';
  const udp = isOld ? await askByUdp(resolver, ask(false), signal()) : withEdns;
  return judged(`${resolver.host}:${resolver.port}`, udp, tcp, isOld);
}

function judged(at: string, udp: Answered, tcp: Answered, isOld: boolean): Finding {
  const answered = tcp ?? udp;
  if (answered === undefined) {
    return wrong(`${at} does not answer.`, 'Name resolvers that answer from here in deployment.resolvers, or with --dns.'); // prettier-ignore
  }
  if (answered.kind === 'final' && !answered.outcome.ok) {
    return wrong(`${at}: ${codeInWords(answered.outcome.failure.code)}`, 'Have the resolver look names up for us, or name another in deployment.resolvers.'); // prettier-ignore
  }
  if (tcp === undefined) {
    return wrong(`${at} answers by UDP alone: certificates are longer than a datagram.`, 'Open TCP port 53 to it, or name another in deployment.resolvers.'); // prettier-ignore
  }
  if (udp === undefined) {
    return doubtful(`${at} answers by TCP alone, after a wait.`, 'Set discovery.dnsTransport to tcp, or open UDP port 53.'); // prettier-ignore
  }
  if (isOld) {
    return doubtful(`${at} knows no EDNS0: every certificate takes a second question by TCP.`, 'Name a resolver with EDNS0 in deployment.resolvers.'); // prettier-ignore
  }
  return well(`${at} answers by UDP and TCP; ${wholeOf(udp, tcp)}.`);
}

function wholeOf(udp: Reading<CertRecord>, tcp: Reading<CertRecord>): string {
  const count = tcp.kind === 'final' && tcp.outcome.ok ? tcp.outcome.value.records.length : 0;
  if (count === 0) return 'there are no CERT records of ours to try it with';
  return `${count} CERT record(s) of ours came whole${udp.kind === 'truncated' ? ', by TCP' : ''}`;
}
