import type { Answer } from 'dns-packet';
import type { CertRecord, ServerRecord } from '../../../shared/discover/directory.ts';
import { PKIX, writeCertRdata } from '../../../shared/discover/dns-cert.ts';

/** A certificate in DER, a CERT record of any type, or an SRV record. */
export type Published = Uint8Array | CertRecord | ServerRecord;

const TTL_SECONDS = 60;

/** What is published, by name; names have no case. */
export class Zone {
  readonly #names = new Map<string, readonly Published[]>();

  /** Replaces what is published at a name; nothing at all removes the name. */
  set(name: string, published: readonly Published[]): void {
    if (published.length === 0) this.#names.delete(name.toLowerCase());
    else this.#names.set(name.toLowerCase(), published);
  }

  has(name: string): boolean {
    return this.#names.has(name.toLowerCase());
  }

  /** The records of one type, under the name as it was asked for. */
  answers(name: string, type: string): readonly Answer[] {
    const published = this.#names.get(name.toLowerCase()) ?? [];
    return published.map((each) => asAnswer(name, each)).filter((each) => each.type === type);
  }
}

function asAnswer(name: string, published: Published): Answer {
  if ('target' in published) return { type: 'SRV', name, ttl: TTL_SECONDS, data: published };
  const record = published instanceof Uint8Array ? { type: PKIX, data: published } : published;
  // The library does not know the type and takes its data as it is.
  const answer = { type: 'CERT', name, ttl: TTL_SECONDS, data: writeCertRdata(record) };
  return answer as unknown as Answer;
}
