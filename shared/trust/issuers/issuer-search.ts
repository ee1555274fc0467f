import type { CacheKey } from '../../discover/cache.ts';
import type { FetchFault } from '../../discover/fetch.ts';
import type { FailureCode } from '../../failures.ts';
import type { Sha256 } from '../../ids.ts';
import type { Certificate } from '../certificate.ts';
import type { Sources } from '../sources.ts';
import { certificatesIn } from './certificates-in.ts';

/** What certificates say of where their issuers' lie, asked for one decision. */
export interface IssuerSearch {
  /**
   * The issuers of certificates, as far as they name a place (RFC 5280 section 4.2.2.1) that was not asked yet. They are
   * claims like all that comes from outside: candidates for a path, and never anchors.
   */
  readonly issuersOf: (certificates: readonly Certificate[]) => Promise<readonly Certificate[]>;
  /** Why something could not be fetched; undefined when all could. What may pass by itself is told first. */
  readonly fault: () => FailureCode | undefined;
}

const MAX_URLS_OF_ONE = 3;
const MAX_URLS = 10;
const MAX_ANSWER_BYTES = 64 * 1024;
const KEPT_MS = 86_400_000;
const ACCEPT = 'application/pkix-cert, application/pkcs7-mime;q=0.9, */*;q=0.5';

/**
 * What is remembered of a place may be out of date: an authority that has a new key lets it lie where the old one did. It
 * may answer that there is a path, and never that there is none: then those places are asked after all.
 */
export function newIssuerSearch(sources: Sources, now: Date): IssuerSearch {
  const asked = new Set<string>();
  const remembered = new Set<string>();
  const given = new Set<Sha256>();
  const faults = new Set<FetchFault>();

  async function ask(urls: readonly string[], at: typeof issuersAt): Promise<Certificate[]> {
    const answers = await Promise.all(urls.map((url) => at(url, sources, now)));
    const found: Certificate[] = [];
    for (const [index, answer] of answers.entries()) {
      if (answer.kind === 'failed') faults.add(answer.fault);
      else found.push(...answer.issuers);
      if (answer.kind === 'remembered') remembered.add(urls[index]!);
    }
    return found.filter(({ fingerprint }) => !given.has(fingerprint) && given.add(fingerprint));
  }

  return {
    async issuersOf(certificates) {
      const urls = [...new Set(certificates.flatMap(urlsOf))];
      const unasked = urls.filter((url) => !asked.has(url)).slice(0, MAX_URLS - asked.size);
      for (const url of unasked) asked.add(url);
      const found = await ask(unasked, issuersAt);
      if (found.length > 0) return found;
      return ask(
        urls.filter((url) => remembered.delete(url)),
        fetchedFrom,
      );
    },
    fault() {
      if (faults.size === 0) return undefined;
      const onlyBlocked = faults.size === 1 && faults.has('blocked');
      return onlyBlocked ? 'trust/blocked-source' : 'trust/issuer-unreachable';
    },
  };
}

type Answered =
  | { readonly kind: 'remembered' | 'fetched'; readonly issuers: readonly Certificate[] }
  | { readonly kind: 'failed'; readonly fault: FetchFault };

/** Directories may be named as well (ldap:); only what HTTP brings is asked for. */
const urlsOf = ({ caIssuers }: Certificate): readonly string[] =>
  caIssuers.filter((url) => /^https?:/i.test(url)).slice(0, MAX_URLS_OF_ONE);

async function issuersAt(url: string, sources: Sources, now: Date): Promise<Answered> {
  const issuers = certificatesIn((await sources.cache.read(keyOf(url))) ?? new Uint8Array());
  return issuers.length > 0 ? { kind: 'remembered', issuers } : fetchedFrom(url, sources, now);
}

/** Kept for a day at most, and no longer than they are valid. What holds no certificate counts as refused. */
async function fetchedFrom(
  url: string,
  { fetch, cache, within }: Sources,
  now: Date,
): Promise<Answered> {
  const fetched = await fetch({ url, accept: ACCEPT, maxBytes: MAX_ANSWER_BYTES, within });
  if (fetched.kind === 'failed') return fetched;
  const issuers = certificatesIn(fetched.bytes);
  if (issuers.length === 0) return { kind: 'failed', fault: 'refused' };
  const untilMs = Math.min(
    now.getTime() + KEPT_MS,
    ...issuers.map(({ notAfter }) => notAfter.getTime()),
  );
  if (untilMs > now.getTime()) await cache.keep(keyOf(url), fetched.bytes, new Date(untilMs));
  return { kind: 'fetched', issuers };
}

const keyOf = (url: string): CacheKey => ({ kind: 'issuer', name: url });
