/** What the envelope says, and what the signed header says. */
export interface SeenRouting {
  /** Empty for a null sender. */
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  readonly from: readonly string[];
  readonly sender: readonly string[];
  /** In To or Cc. */
  readonly named: readonly string[];
}
