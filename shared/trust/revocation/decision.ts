import type { Sha256 } from '../../ids.ts';
import type { Outcome } from '../../outcome.ts';
import type { Certificate } from '../certificate.ts';
import type { Path } from '../path/path.ts';
import type { TrustRules } from '../rules.ts';
import type { Crl } from './crl.ts';
import type { OcspResponse } from './ocsp-response.ts';
import type { Fetching } from './fetching.ts';
import type { Doubt } from './status.ts';

/** Lists and answers that are at hand; each is believed only as far as it proves itself. */
export interface Evidence {
  readonly crls: readonly Crl[];
  readonly ocsp: readonly OcspResponse[];
}

/** All that one decision about the certificates of a path shares. */
export interface Decision {
  readonly path: Path;
  readonly now: Date;
  readonly rules: Pick<TrustRules, 'revocation' | 'allowSha1' | 'minimumRsaBits'>;
  readonly evidence: Evidence;
  /** Certificates with that comparable subject that were validated to the anchor of the path. */
  readonly validIssuersOfCrl: (comparable: string) => readonly Certificate[];
  /** Absent when nothing may be fetched. */
  readonly fetching?: Fetching;
  /** @default readCrl */
  readonly readCrl?: (bytes: Uint8Array) => Outcome<Crl>;
  /** What is left; sets of lists and certificates that need more were made to waste time. */
  signatureChecksLeft: number;
  /** What speaks against believing a certificate that is not on the path and signs lists or answers. */
  readonly doubtOfSigner: (signer: Certificate, question: Question) => Promise<Doubt | undefined>;
}

/** Whether this certificate was revoked by this issuer. */
export interface Question {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** The certificates on whose account it is asked, the one on the path first: none of them vouches for itself. */
  readonly asking: readonly Sha256[];
}
