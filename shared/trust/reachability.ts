import type { Look } from '../discover/discovery.ts';
import type { FailureCode } from '../failures.ts';
import { ruleOf } from '../failures.ts';
import type { DirectAddress, Sha256 } from '../ids.ts';
import type { Language } from '../language.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { GoesByHisp } from '../relay-way.ts';
import { saysOf } from '../says-of.ts';
import type { Settings } from '../settings.ts';
import { isOwn } from '../transmit-request/own-address.ts';
import { recipientOf, type RecipientAnswer, type RecipientPorts } from './recipient.ts';
import type { RevocationWord } from './revocation/revocation.ts';
import type { Rejected } from './trust.ts';

/** Whether a copy could leave for this address now, as a person who is about to press Share wants to know it. */
export interface Reachability {
  readonly address: DirectAddress;
  /** `unknown`: whoever could tell is somebody else, who is asked when a copy is sent. */
  readonly reachability: 'reachable' | 'not-reachable' | 'cannot-tell-now' | 'unknown';
  readonly code?: FailureCode;
  /** What the code means, or why it is unknown. */
  readonly sentence?: string;
  /** What the certificate proved: the mailbox itself, or the service that holds it. */
  readonly proved?: 'mailbox' | 'service';
  /** Of the certificate's subject, in its own words. */
  readonly organization?: string;
  readonly commonName?: string;
  /** The certificate is used by the data holder's rule although nobody can say whether it was revoked. */
  readonly caution?: 'trust/revocation-unknown';
}

/** How the answer was found. */
export interface Trace {
  /** In order; empty when the answer was still known, or came too late. */
  readonly looks: readonly Look[];
  /** SHA-256 of the certificates that would be used. */
  readonly accepted: readonly Sha256[];
  readonly rejected: readonly Rejected[];
  readonly revocation?: RevocationWord;
  /** Of the refusal: one word more than its code. */
  readonly detail?: string;
}

export interface Traced {
  readonly reachability: Reachability;
  readonly trace: Trace;
}

export interface ReachabilityPorts extends RecipientPorts {
  readonly goesByHisp: GoesByHisp;
  readonly settings: RecipientPorts['settings'] & Pick<Settings, 'senders'>;
}

const UNASKED: Trace = { looks: [], accepted: [], rejected: [] };

/** For a person who waits. A sender has more patience. */
const PATIENCE_SECONDS = 10;

/**
 * Finds and trusts the certificates of an address as a sender would, and sends nothing; where somebody else's HISP is to do
 * that, nothing is asked. It always answers within ten
 * seconds: a directory that is too slow for a person may yet do for a sender.
 */
export async function reachabilityOf(
  address: DirectAddress,
  language: Language,
  ports: ReachabilityPorts,
): Promise<Reachability> {
  return (await traced(address, language, ports)).reachability;
}

/**
 * The same of all addresses that something names for the first time.
 *
 * @param made whatever was made, with those addresses
 */
export async function withReachability<Made extends { readonly added: readonly DirectAddress[] }>(
  made: Outcome<Made>,
  language: Language,
  ports: ReachabilityPorts,
): Promise<Outcome<Omit<Made, 'added'> & { readonly reachability: readonly Reachability[] }>> {
  if (!made.ok) return made;
  const { added, ...rest } = made.value;
  const found = added.map((address) => reachabilityOf(address, language, ports));
  return done({ ...rest, reachability: await Promise.all(found) });
}

/** The same, with what was asked and which certificates were found and not used: for operators. */
export async function traced(
  address: DirectAddress,
  language: Language,
  ports: ReachabilityPorts,
): Promise<Traced> {
  const own = ports.settings.senders.map((each) => each.address);
  if (isOwn(address, own)) {
    const code = 'transmit-request/own-address';
    return { reachability: unreachable(address, language, code), trace: UNASKED };
  }
  if (ports.goesByHisp(address)) {
    return { reachability: unknown(address, language), trace: UNASKED };
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<RecipientAnswer>((resolve) => {
    const tooSlow = { looks: [], outcome: fail('discover/too-slow'), rejected: [] };
    timer = setTimeout(resolve, PATIENCE_SECONDS * 1000, tooSlow);
  });
  try {
    const answer = await Promise.race([recipientOf(address, ports), late]);
    return { reachability: read(address, language, answer), trace: traceOf(answer) };
  } finally {
    clearTimeout(timer);
  }
}

export const BY_HISP: Readonly<Record<Language, string>> = {
  en: 'Another mail service takes on copies to this address. It looks for the mailbox, and checks it, when we send one.',
  es: 'Otro servicio de correo se encarga de las copias a esta dirección. Busca el buzón y lo comprueba cuando le enviamos una.',
};

const unknown = (address: DirectAddress, language: Language): Reachability => ({
  address,
  reachability: 'unknown',
  sentence: BY_HISP[language],
});

function read(
  address: DirectAddress,
  language: Language,
  { outcome }: RecipientAnswer,
): Reachability {
  if (!outcome.ok) return unreachable(address, language, outcome.failure.code);
  const { proved, organization, commonName, revocation } = outcome.value;
  return {
    address,
    reachability: 'reachable',
    proved,
    ...(organization === undefined ? {} : { organization }),
    ...(commonName === undefined ? {} : { commonName }),
    ...(revocation === 'unknown' ? { caution: 'trust/revocation-unknown' } : {}),
  };
}

const traceOf = ({ looks, rejected, outcome }: RecipientAnswer): Trace => ({
  looks,
  accepted: outcome.ok ? outcome.value.certificates.map(({ fingerprint }) => fingerprint) : [],
  rejected,
  ...(outcome.ok ? { revocation: outcome.value.revocation } : {}),
  ...(!outcome.ok && outcome.failure.detail !== undefined
    ? { detail: outcome.failure.detail }
    : {}),
});

/** What may pass by itself is no answer yet: nobody should be told that an address is wrong because a server is down. */
function unreachable(address: DirectAddress, language: Language, code: FailureCode): Reachability {
  const reachability = ruleOf(code).retry ? 'cannot-tell-now' : 'not-reachable';
  return { address, reachability, code, sentence: saysOf(code, language) };
}
