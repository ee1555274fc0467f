import type { Outcome } from '../../../shared/outcome.ts';
import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import type { Path } from '../../../shared/trust/path/path.ts';
import { readCrl } from '../../../shared/trust/revocation/crl.ts';
import { readOcspResponse } from '../../../shared/trust/revocation/ocsp-response.ts';
import {
  checkRevocation,
  type RevocationContext,
} from '../../../shared/trust/revocation/revocation.ts';
import type { RevocationMode } from '../../../shared/trust/rules.ts';
import { NOW } from '../../support/crl.ts';
import { issueQuickly, type Authority, type Issued, type IssueOptions } from '../../support/pki.ts';

/** Valid at the time at which everything in these tests is judged. */
export const VALID = {
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
};

export const issueValid = async (issuer: Authority, options: IssueOptions): Promise<Issued> =>
  issueQuickly(issuer, { ...VALID, ...options });

export const read = (certificate: Uint8Array): Certificate => valueOf(readCertificate(certificate));

/** Leaf first. */
export const pathOf = (...chain: readonly { readonly certificate: Uint8Array }[]): Path => {
  const [leaf, ...above] = chain.map(({ certificate }) => read(certificate));
  return [leaf!, ...above];
};

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code} ${outcome.failure.detail}`);
  return outcome.value;
}

export interface Circumstances {
  readonly crls?: readonly Uint8Array[];
  readonly ocsp?: readonly Uint8Array[];
  readonly mode?: RevocationMode;
  readonly now?: Date;
  readonly allowSha1?: boolean;
  readonly sources?: RevocationContext['sources'];
  readonly signers?: readonly Authority[];
}

/** What comes of it in one or two words: `good`, `revoked`, `unknown stale`, `refused stale`. */
export async function judged(path: Path, given: Circumstances = {}): Promise<string> {
  const { outcome, why } = await checkRevocation(path, contextOf(given));
  if (outcome.ok) return outcome.value === 'unknown' ? `unknown ${why}` : outcome.value;
  return outcome.failure.code === 'trust/revoked' ? 'revoked' : `refused ${outcome.failure.detail}`;
}

export const contextOf = ({
  crls = [],
  ocsp = [],
  mode = 'hard-fail',
  now = NOW,
  allowSha1 = false,
  sources,
  signers = [],
}: Circumstances): RevocationContext => ({
  now,
  rules: { revocation: mode, allowSha1, minimumRsaBits: 2048 },
  evidence: {
    crls: crls.map((bytes) => valueOf(readCrl(bytes))),
    ocsp: ocsp.map((bytes) => valueOf(readOcspResponse(bytes))),
  },
  ...(sources && { sources }),
  validIssuersOfCrl: (comparable) =>
    signers
      .map(({ certificate }) => read(certificate))
      .filter(({ subject }) => subject.comparable === comparable),
});
