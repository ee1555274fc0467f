import type { PeerCertificate } from 'node:tls';
import { doubtful, well, wrong, type Finding } from './finding.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

/** What a connection was made with. */
export function secured(
  at: string,
  protocol: string,
  { valid_to: until }: PeerCertificate,
  now: Date,
): Finding {
  // prettier-ignore
  const days = Math.floor((Date.parse(until) - now.getTime()) / DAY_MS);
  const says = `${at}: ${protocol}, the certificate has its name and ${days} day(s) left`;
  return days < SOON_DAYS
    ? doubtful(`${says}.`, 'Have whoever runs the server renew its certificate.')
    : well(`${says}.`);
}

/** By the code of an error, which quotes nothing. */
export function notSecured(at: string, error: unknown): Finding {
  const code = codeOf(error);
  return wrong(`${at}: no TLS connection (${code}).`, FIXES[code] ?? 'Ask whoever runs the server; it has to offer TLS 1.2 or later.'); // prettier-ignore
}

const BY_AUTHORITY =
  'Put the authority of the server into relay.authorities, in PEM, or have the server take a public one.';

const FIXES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'Have whoever runs the server renew its certificate.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Write the relay by the name that is in its certificate.',
  DEPTH_ZERO_SELF_SIGNED_CERT: BY_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: BY_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: BY_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: BY_AUTHORITY,
};

export const codeOf = (error: unknown): string => {
  const { code } = error as NodeJS.ErrnoException;
  return /^[A-Z0-9_]{1,60}$/.exec(code ?? '')?.[0] ?? 'ESOCKET';
};
