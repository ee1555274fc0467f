import type { FailureCode } from '../../failures.ts';
import { done, fail, type Outcome, type Refused } from '../../outcome.ts';
import type { Certificate } from '../certificate.ts';
import { checkKeyStrength } from '../checks/key-strength.ts';
import { checkValidityPeriod } from '../checks/validity-period.ts';
import { readSignedData, type SignedData } from '../cms/read-signed-data.ts';
import { verifyContent, type VerifiedContent } from '../cms/signed-data.ts';
import type { SignatureFault } from '../cms/signer-info.ts';
import { STRICT, type TrustRules } from '../rules.ts';
import { anchorsAmong, type BundledAnchors } from './anchors-among.ts';
import { withoutArmour } from './armour.ts';

export interface BundleOptions {
  /** Who has to have signed it; then one that is not signed by this certificate's key is refused. */
  readonly signer?: Certificate;
  /** @default STRICT; the length of the key is asked of `signer` only, for of an unknown one it proves nothing */
  readonly rules?: Pick<TrustRules, 'allowSha1' | 'minimumRsaBits'>;
  /** Whether certificates that say they are no authority's are kept too. @default false */
  readonly endEntities?: boolean;
  readonly now: Date;
}

export type Bundle = BundledAnchors;

export const MAX_BUNDLE_BYTES = 5_000_000;
const MAX_ANCHORS = 2000;
/** Any key that can be checked at all: see `rules`. */
const ANY_RSA_BITS = 1024;

/**
 * Reads a trust bundle: certificates in SignedData that nobody has signed (p7b), or such a file as the content of one that
 * somebody has (p7m), each as BER or in PEM armour. Of a p7m only what the signature covers is read: certificates beside
 * the signature are nobody's word. A signature that is not asked for has to be good all the same. What the content of a p7b
 * says of it (metadata in XML) is not read.
 *
 * @failure trust/bundle-malformed       also when no anchor is in it, or one bundle in the other is signed again
 * @failure trust/bundle-unsigned, trust/bundle-wrong-signer, trust/bundle-signer-expired (only with a signer)
 * @failure trust/bundle-bad-signature, trust/bundle-weak
 */
export function readBundle(bytes: Uint8Array, options: BundleOptions): Outcome<Bundle> {
  const outer = open(bytes);
  if (!outer.ok) return outer;
  const signed = outer.value;
  if (signed.signerInfos.length === 0) {
    return options.signer ? fail('trust/bundle-unsigned') : anchorsIn(signed, options);
  }
  const verified = verify(signed, options);
  if (!verified.ok) return verified;
  const inner = open(verified.value.content);
  if (!inner.ok) return inner;
  return inner.value.signerInfos.length === 0 ? anchorsIn(inner.value, options) : malformed;
}

const malformed: Refused = fail('trust/bundle-malformed');

function open(bytes: Uint8Array): Outcome<SignedData> {
  const cms = bytes.length > MAX_BUNDLE_BYTES ? undefined : withoutArmour(bytes);
  const read =
    cms && readSignedData(cms, { mostCertificates: MAX_ANCHORS, leaveCertificatesShut: true });
  return typeof read === 'object' ? done(read) : malformed;
}

function anchorsIn({ certificates }: SignedData, options: BundleOptions): Outcome<Bundle> {
  const found = anchorsAmong(certificates, options.endEntities ?? false);
  return found.anchors.length === 0 ? malformed : done(found);
}

const CODES: Readonly<Record<SignatureFault, FailureCode>> = {
  'weak-digest': 'trust/bundle-weak',
  'weak-key': 'trust/bundle-weak',
  'bad-signature': 'trust/bundle-bad-signature',
};

function verify(signed: SignedData, options: BundleOptions): Outcome<VerifiedContent> {
  const { signer, rules = STRICT, now } = options;
  // Who is known need not be brought along, and comes before whoever else may go by that name.
  const certificates = signer ? [signer.der, ...signed.certificates] : signed.certificates;
  const lenient = { allowSha1: rules.allowSha1, minimumRsaBits: ANY_RSA_BITS };
  const verified = verifyContent({ ...signed, certificates }, undefined, lenient);
  if (typeof verified === 'string') return fail(CODES[verified]);
  if (!signer) return done(verified);
  if (!verified.signers.some(({ certificate }) => same(certificate, signer.der))) {
    return fail('trust/bundle-wrong-signer');
  }
  if (checkKeyStrength(signer, 'signature', rules)) return fail('trust/bundle-weak');
  return checkValidityPeriod(signer, now) ? fail('trust/bundle-signer-expired') : done(verified);
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
