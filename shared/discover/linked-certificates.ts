import { done, fail, type Outcome } from '../outcome.ts';
import { certificatesInPem } from '../pem.ts';
import type { CertRecord } from './directory.ts';
import { IPKIX, URI } from './dns-cert.ts';
import type { Fetch } from './fetch.ts';
import { isCertificate, saidOf, type Search } from './search.ts';

const MAX_LINKS = 5;
const MAX_BYTES = 65_536;
const MAX_PEM_BLOCKS = 10;
/** Less than the whole deadline: a host that keeps silent must not hide what lies beside it. */
const TIMEOUT_MS = 4000;
const ACCEPT = 'application/pkix-cert, application/x-x509-user-cert, application/octet-stream';

const URL_TEXT = /^[\x21-\x7e]{1,2048}$/;

/**
 * Where a record says that the certificate lies; undefined when the record is none of that kind.
 *
 * Of type URI, what follows a NUL is a certificate in a format that the URL only names (RFC 4398 section 2.1): it is as
 * foreign as any other type.
 */
export function linkOf({ type, data }: CertRecord): string | undefined {
  if (type !== IPKIX && type !== URI) return undefined;
  const text = Buffer.from(data).toString('latin1').replace(/\0+$/, '');
  return type === URI && text.includes('\0') ? undefined : text;
}

/** The links of a stage that are followed, each once: the first five. */
export const linksIn = (records: readonly CertRecord[]): readonly string[] =>
  [...new Set(records.map(linkOf).filter((link) => link !== undefined))].slice(0, MAX_LINKS);

/**
 * Fetches what a record points to: one certificate in DER, or some in PEM. What is neither is given back as it is.
 *
 * @failure discover/blocked-url (it is no URL, too), discover/url-unreachable
 */
export function follow(
  link: string,
  { fetch, trace, within }: Search,
): Promise<Outcome<readonly Uint8Array[]>> {
  const isUrl = URL_TEXT.test(link);
  const about = { stage: 'fetch', name: isUrl ? link : 'no URL' } as const;
  return trace.look(
    about,
    async () => (fetch && isUrl ? get(link, fetch, within) : fail('discover/blocked-url')),
    saidOf,
  );
}

async function get(
  url: string,
  fetch: Fetch,
  within: AbortSignal,
): Promise<Outcome<readonly Uint8Array[]>> {
  const soon = AbortSignal.any([within, AbortSignal.timeout(TIMEOUT_MS)]);
  const fetched = await fetch({ url, accept: ACCEPT, maxBytes: MAX_BYTES, within: soon });
  if (fetched.kind === 'fetched') return done(certificatesIn(fetched.bytes));
  return fail(fetched.fault === 'blocked' ? 'discover/blocked-url' : 'discover/url-unreachable');
}

function certificatesIn(bytes: Uint8Array): readonly Uint8Array[] {
  if (isCertificate(bytes)) return [bytes];
  const blocks = certificatesInPem(Buffer.from(bytes).toString('latin1'));
  return blocks.length === 0 ? [bytes] : blocks.slice(0, MAX_PEM_BLOCKS);
}
