/** What the recipients of one domain have confirmed so far, for operators: whether silence there is news. */
export interface DomainRecord {
  readonly domain: string;
  readonly processed: number;
  readonly dispatched: number;
  readonly failed: number;
  /** ISO 8601 UTC, of the last of each. */
  readonly lastProcessedAt?: string;
  readonly lastDispatchedAt?: string;
  readonly lastFailedAt?: string;
}

export interface Domains {
  /** Of a domain that never answered: zeros. */
  read(domain: string): Promise<DomainRecord>;
  /** Counts one more; a repeat after a crash may count twice, which harms nothing. */
  confirmed(domain: string, what: 'processed' | 'dispatched' | 'failed', at: Date): Promise<void>;
}
