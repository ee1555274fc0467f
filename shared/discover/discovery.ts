import type { FailureCode } from '../failures.ts';

/** One question that was asked on the way, and what came of it. */
export interface Look {
  readonly stage: DiscoveryStage;
  readonly name: string;
  readonly found: number;
  readonly code?: FailureCode;
  readonly tookMs: number;
}

export type DiscoveryStage = 'dns-address' | 'dns-domain';

/** The certificates of the first stage that yields any: they are final, good or bad. */
export interface Discovery {
  readonly stage: DiscoveryStage;
  /** DER, in the order of the answer, each once. */
  readonly certificates: readonly Uint8Array[];
  readonly looks: readonly Look[];
}
