import type { DirectAddress } from '../ids.ts';
import { discover, type DiscoverPorts } from '../discover/discover.ts';
import type { FailureCode } from '../failures.ts';
import { ruleOf } from '../failures.ts';
import type { Settings } from '../settings.ts';
import { anchorsOf } from './anchors.ts';
import { trust } from './trust.ts';

/** Whether a copy could leave for this address now, as a person who is about to press Share wants to know it. */
export interface Reachability {
  readonly address: DirectAddress;
  readonly reachability: 'reachable' | 'not-reachable' | 'cannot-tell-now';
  readonly code?: FailureCode;
  /** What the code means. */
  readonly sentence?: string;
  /** What the certificate proved: the mailbox itself, or the service that holds it. */
  readonly proved?: 'mailbox' | 'service';
  /** Of the certificate's subject. */
  readonly organization?: string;
}

export interface ReachabilityPorts extends DiscoverPorts {
  readonly settings: Pick<Settings, 'anchors'>;
}

/** For a person who waits. A sender has more patience. */
const PATIENCE_SECONDS = 5;

/**
 * Finds and trusts the certificates of an address as a sender would, and sends nothing. It always answers within five
 * seconds: a directory that is too slow for a person may yet do for a sender.
 */
export async function reachabilityOf(
  address: DirectAddress,
  ports: ReachabilityPorts,
): Promise<Reachability> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Reachability>((resolve) => {
    const answer = unreachable(address, 'discover/unreachable');
    timer = setTimeout(resolve, PATIENCE_SECONDS * 1000, answer);
  });
  try {
    return await Promise.race([found(address, ports), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function found(address: DirectAddress, ports: ReachabilityPorts): Promise<Reachability> {
  const { outcome: discovered } = await discover(address, ports);
  if (!discovered.ok) return unreachable(address, discovered.failure.code);
  const context = { anchors: anchorsOf(ports.settings), now: ports.now() };
  const { outcome } = trust(address, discovered.value.certificates, 'encryption', context);
  if (!outcome.ok) return unreachable(address, outcome.failure.code);
  const { proved, organization } = outcome.value;
  return {
    address,
    reachability: 'reachable',
    proved,
    ...(organization === undefined ? {} : { organization }),
  };
}

/** What may pass by itself is no answer yet: nobody should be told that an address is wrong because a server is down. */
function unreachable(address: DirectAddress, code: FailureCode): Reachability {
  const { retry, says } = ruleOf(code);
  const reachability = retry ? 'cannot-tell-now' : 'not-reachable';
  return { address, reachability, code, sentence: says };
}
