import type { DiscoveryStage, Look } from '../discover/discovery.ts';
import { addressName, domainName } from '../discover/dns-cert.ts';
import { askDns } from '../discover/dns-stage.ts';
import type { Ldap } from '../discover/ldap.ts';
import { askLdap } from '../discover/ldap-stage.ts';
import type { Search, StageAnswer } from '../discover/search.ts';
import { newTrace } from '../discover/trace.ts';
import type { Now } from '../clock.ts';
import type { FailureCode } from '../failures.ts';
import type { DirectAddress } from '../ids.ts';
import { done, type Outcome } from '../outcome.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import { bindingOf } from './checks/address-binding.ts';
import { checkValidityPeriod } from './checks/validity-period.ts';

/** What stands at one place where strangers look for us. `another` is a good one that is not the one we asked for. */
export type Finding =
  'published' | 'not-there' | 'another' | 'expired' | 'wrong-name' | 'unreadable' | 'unanswered';

/** One of the four places, and what is there. */
export interface Hosting {
  /** As the certification tool numbers its hosting cases. */
  readonly id: 'H1' | 'H2' | 'H3' | 'H4';
  readonly stage: DiscoveryStage;
  readonly finding: Finding;
  /** Why it is not `published`, or what the directory failed with. */
  readonly code?: FailureCode;
  /** How many values stand there. */
  readonly found: number;
  readonly looks: readonly Look[];
}

/** Where to ask as a stranger does: there is no cache, for what was found once is not what stands there now. */
export interface HostingPorts extends Pick<Required<Search>, 'directory' | 'ldap' | 'fetch'> {
  readonly now: Now;
}

export interface Ours {
  readonly address: DirectAddress;
  readonly certificate: Certificate;
}

const DEADLINE_MS = 8000;

interface Place extends Pick<Hosting, 'id' | 'stage'> {
  readonly ask: (address: DirectAddress, search: Search) => Promise<Outcome<StageAnswer>>;
}

const PLACES: readonly Place[] = [
  {
    id: 'H1',
    stage: 'dns-address',
    ask: (address, search) => askDns('dns-address', addressName(address), search),
  },
  {
    id: 'H2',
    stage: 'dns-domain',
    ask: (address, search) => askDns('dns-domain', domainName(address), search),
  },
  {
    id: 'H3',
    stage: 'ldap-address',
    ask: (address, search) => askLdap(address, onlyFor(address, search)),
  },
  {
    id: 'H4',
    stage: 'ldap-domain',
    ask: (address, search) => askLdap(address, onlyFor(domainName(address), search)),
  },
];

/** Asks at every place, also behind one that holds something: what stands there will be found when the first is gone. */
export const hostingsOf = (ours: Ours, ports: HostingPorts): Promise<readonly Hosting[]> =>
  Promise.all(PLACES.map((place) => lookAt(place, ours, ports)));

async function lookAt(
  { id, stage, ask }: Place,
  ours: Ours,
  ports: HostingPorts,
): Promise<Hosting> {
  const trace = newTrace(ports.now);
  const within = AbortSignal.timeout(DEADLINE_MS);
  const answer = await ask(ours.address, { ...ports, trace, within });
  const about = { id, stage, looks: trace.looks };
  if (!answer.ok) return { ...about, found: 0, finding: 'unanswered', code: answer.failure.code };
  const values = answer.value.discovery?.certificates ?? [];
  return { ...about, found: values.length, ...judge(values, stage, ours, ports.now()) };
}

/** The directories of a domain as if they held nothing but what is under one `mail`. */
const onlyFor = (mail: string, search: Search): Search => ({
  ...search,
  ...(search.ldap && { ldap: onlyIn(search.ldap, mail) }),
});

const onlyIn = (ldap: Ldap, wanted: string): Ldap => ({
  async open(server, within) {
    const opened = await ldap.open(server, within);
    if (!opened.ok) return opened;
    const { value } = opened;
    return done({
      namingContexts: () => value.namingContexts(),
      certificates: async (context, mail) =>
        mail === wanted ? value.certificates(context, mail) : done([]),
      close: () => value.close(),
    });
  },
});

type Judgement = Pick<Hosting, 'finding' | 'code'>;

function judge(
  values: readonly Uint8Array[],
  stage: DiscoveryStage,
  { address, certificate: ours }: Ours,
  now: Date,
): Judgement {
  if (values.length === 0) return { finding: 'not-there', code: 'discover/no-certificate' };
  const read = values.map(readCertificate).filter((each) => each.ok);
  const certificates = read.map(({ value }) => value);
  const own = certificates.filter(({ fingerprint }) => fingerprint === ours.fingerprint);
  const meant = own.length > 0 ? own : certificates;
  if (meant.length === 0) return { finding: 'unreadable', code: 'discover/bad-certificate' };
  const bound = meant.filter((each) => isBound(each, address, stage));
  if (bound.length === 0) return { finding: 'wrong-name', code: 'trust/wrong-address' };
  const codes = bound.map((each) => checkValidityPeriod(each, now));
  if (!codes.includes(undefined)) return { finding: 'expired', code: codes[0]! };
  return { finding: own.length > 0 ? 'published' : 'another' };
}

/** What stands under the domain is found for every address of it, so it has to be bound to the domain. */
function isBound(certificate: Certificate, address: DirectAddress, stage: DiscoveryStage): boolean {
  const proved = bindingOf(certificate, address);
  return proved === 'service' || (proved === 'mailbox' && stage.endsWith('-address'));
}
