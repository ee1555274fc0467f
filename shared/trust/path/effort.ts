/** What all searches that share it may still cost. */
export interface Effort {
  /** Each costs a millisecond at worst (P-521, RSA-8192). */
  signatureChecksLeft: number;
  /** Certificates looked at as possible issuers, each once for every path on which it may come next. */
  candidatesLeft: number;
  /** Of a name with a subtree. */
  nameComparisonsLeft: number;
  /** Policies and mappings looked at. */
  policiesLeft: number;
  /** Whether this key signed that certificate, which is found out once. */
  readonly signatures: Map<string, boolean>;
}

/** Sets of certificates that need more were made to waste time. */
export const newEffort = (): Effort => ({
  signatureChecksLeft: 100,
  candidatesLeft: 20_000,
  nameComparisonsLeft: 200_000,
  policiesLeft: 100_000,
  signatures: new Map(),
});

type Budget = Exclude<keyof Effort, 'signatures'>;

/** Takes so much of one of the budgets; false when there is less than that left. */
export function spend(effort: Effort, budget: Budget, amount = 1): boolean {
  if (effort[budget] < amount) return false;
  effort[budget] -= amount;
  return true;
}
