import type { Outcome } from '../outcome.ts';

/** RFC 4398 CERT record: its `type` says what `data` is. Key tag and algorithm are not used. */
export interface CertRecord {
  readonly type: number;
  readonly data: Uint8Array;
}

/** RFC 2782: a host that offers a service. The root as target is an empty text: the service is not offered. */
export interface ServerRecord {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: string;
}

/** What a name server says of a name. None at all (NXDOMAIN, NODATA) is an empty list and no refusal. */
export interface Answer<T> {
  readonly records: readonly T[];
  /** How long this may be believed: the least of the records and aliases, or what the zone says of names it does not have. */
  readonly ttlSeconds: number;
}

/** DNS as this step needs it. */
export interface Directory {
  /**
   * All CERT records at a name, whatever its case.
   *
   * @failure discover/unreachable (no answer, SERVFAIL), discover/refused (REFUSED), discover/malformed
   * @failure discover/bad-address when DNS cannot hold such a name
   */
  certRecords(name: string, within?: AbortSignal): Promise<Outcome<Answer<CertRecord>>>;
  /** All SRV records at a name. Refusals as of `certRecords`. */
  serverRecords(name: string, within?: AbortSignal): Promise<Outcome<Answer<ServerRecord>>>;
}
