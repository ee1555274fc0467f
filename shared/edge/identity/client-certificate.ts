import { createHash, X509Certificate } from 'node:crypto';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Principal } from './principal.ts';

/** A system and the certificates that stand for it; `settings.xdr`. */
export interface CertifiedClient {
  readonly subject: string;
  /** SHA-256 of each, lower-case hex. */
  readonly certificates: readonly string[];
}

/** What a certificate lets its holder do, where a token would name its scopes. */
const SCOPES = ['xdr.write'];

/** Longer ones are nobody's. */
const LONGEST_PEM = 16 * 1024;

/**
 * Who shows a client certificate: the one system whose settings name it. That the caller holds its key, the gateway has
 * seen when the connection was made.
 *
 * @param pem one certificate, as the gateway hands it over
 * @failure edge/unauthenticated      nobody's, or of two systems, or none at all
 * @failure edge/certificate-expired  somebody's, at another time
 */
export function principalOfCertificate(
  pem: string,
  clients: readonly CertifiedClient[],
  now: Date,
): Outcome<Principal> {
  const certificate = certificateIn(pem);
  if (!certificate) return fail('edge/unauthenticated');
  const fingerprint = createHash('sha256').update(certificate.raw).digest('hex');
  const [client, ...others] = clients.filter(({ certificates }) =>
    certificates.includes(fingerprint),
  );
  if (!client || others.length > 0) return fail('edge/unauthenticated');
  const { validFromDate, validToDate } = certificate;
  return validFromDate <= now && now <= validToDate
    ? done({ kind: 'system', subject: client.subject, patients: [], scopes: SCOPES })
    : fail('edge/certificate-expired');
}

function certificateIn(pem: string): X509Certificate | undefined {
  if (pem.length > LONGEST_PEM) return undefined;
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
