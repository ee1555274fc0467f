import type { FailureCode } from '../../failures.ts';
import type { FetchFault } from '../../discover/fetch.ts';
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

export function newIssuerSearch(sources: Sources, now: Date): IssuerSearch {
  const asked = new Set<string>();
  const faults = new Set<FetchFault>();
  return {
    async issuersOf(certificates) {
      const urls = new Set(certificates.flatMap(urlsOf).filter((url) => !asked.has(url)));
      const asking = [...urls].slice(0, MAX_URLS - asked.size);
      for (const url of asking) asked.add(url);
      const answers = await Promise.all(asking.map((url) => issuersAt(url, sources, now)));
      for (const answer of answers) if (typeof answer === 'string') faults.add(answer);
      return answers.flatMap((answer) => (typeof answer === 'string' ? [] : answer));
    },
    fault() {
      if (faults.size === 0) return undefined;
      const onlyBlocked = faults.size === 1 && faults.has('blocked');
      return onlyBlocked ? 'trust/blocked-source' : 'trust/issuer-unreachable';
    },
  };
}

/** Directories may be named as well (ldap:); only what HTTP brings is asked for. */
const urlsOf = ({ caIssuers }: Certificate): readonly string[] =>
  caIssuers.filter((url) => /^https?:/i.test(url)).slice(0, MAX_URLS_OF_ONE);

/** Kept for a day at most, and no longer than they are valid. What holds no certificate counts as refused. */
async function issuersAt(
  url: string,
  { fetch, cache, within }: Sources,
  now: Date,
): Promise<readonly Certificate[] | FetchFault> {
  const key = { kind: 'issuer', name: url } as const;
  const known = certificatesIn((await cache.read(key)) ?? new Uint8Array());
  if (known.length > 0) return known;
  const fetched = await fetch({ url, accept: ACCEPT, maxBytes: MAX_ANSWER_BYTES, within });
  if (fetched.kind === 'failed') return fetched.fault;
  const found = certificatesIn(fetched.bytes);
  if (found.length === 0) return 'refused';
  const untilMs = Math.min(
    now.getTime() + KEPT_MS,
    ...found.map(({ notAfter }) => notAfter.getTime()),
  );
  if (untilMs > now.getTime()) await cache.keep(key, fetched.bytes, new Date(untilMs));
  return found;
}
