import type { FailureCode } from '../failures.ts';
import type { Outcome } from '../outcome.ts';

/** In the order in which they are gone through. */
export const DISCOVERY_STAGES = [
  'dns-address',
  'dns-domain',
  'ldap-address',
  'ldap-domain',
] as const;
export type DiscoveryStage = (typeof DISCOVERY_STAGES)[number];

/** One question that was asked on the way, and what came of it. */
export interface Look {
  readonly stage: DiscoveryStage | 'ldap-servers' | 'fetch';
  /** What was asked: a name in DNS, `host:port`, `host:port context mail`, or the URL of a record. */
  readonly name: string;
  /** What came: CERT records of a kind that is used, SRV records, naming contexts, values of certificates. */
  readonly found: number;
  readonly code?: FailureCode;
  readonly tookMs: number;
}

/** What the first stage that yields any certificate holds: it is final, good or bad. */
export interface Discovery {
  readonly stage: DiscoveryStage;
  /**
   * In the order of the answer, each once. At least one is an X.509 certificate; what stood beside it as one is kept as
   * it is, so that `trust` can name it among the rejected.
   */
  readonly certificates: readonly Uint8Array[];
}

export interface DiscoverAnswer {
  /** In the order they were asked, also when the outcome is a refusal. Empty when the answer was still known. */
  readonly looks: readonly Look[];
  readonly outcome: Outcome<Discovery>;
}
