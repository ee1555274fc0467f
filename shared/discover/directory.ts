import type { Outcome } from '../outcome.ts';

/** RFC 4398 CERT record: `type` 1 is PKIX, a DER certificate in `data`. Key tag and algorithm are not used. */
export interface CertRecord {
  readonly type: number;
  readonly data: Uint8Array;
}

/** DNS as this step needs it. */
export interface Directory {
  /**
   * All CERT records at a name, whatever its case; none at all (NXDOMAIN, NODATA) is an empty list and no refusal.
   *
   * @failure discover/unreachable (no answer, SERVFAIL), discover/refused (REFUSED), discover/malformed
   * @failure discover/bad-address when DNS cannot hold such a name
   */
  certRecords(name: string): Promise<Outcome<readonly CertRecord[]>>;
}
