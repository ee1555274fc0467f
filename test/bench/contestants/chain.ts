import { verify, X509Certificate, type KeyObject } from 'node:crypto';
import { Certificate, CertificateChainValidationEngine } from 'pkijs';
import type { DirectAddress } from '../../../shared/ids.ts';
import { readCertificate, type Certificate as Ours } from '../../../shared/trust/certificate.ts';
import { trust } from '../../../shared/trust/trust.ts';
import { derOfPem } from '../mail/newcomer.ts';
import { valueOf } from '../payloads/record-input.ts';
import type { CaseFiles } from '../protocol/case-files.ts';
import { serve, type Repetition } from '../protocol/serve.ts';

const NOTHING = { bytes: 0, partMs: {} };
const LEAF = 'leaf@clinic.example' as DirectAddress;

/** DER of an anchor, an authority under it and a certificate under that. */
const chainIn = (files: CaseFiles) => ({
  anchor: derOfPem(files.key('anchor.crt')),
  between: derOfPem(files.key('between.crt')),
  leaf: derOfPem(files.key('leaf.crt')),
});

/** What is made of an anchor before the clock starts, or each time anew. */
function made<T>(isAtHand: boolean, make: () => T): () => T {
  if (!isAtHand) return make;
  const once = make();
  return () => once;
}

const ours =
  (anchorAtHand: boolean) =>
  (files: CaseFiles): Repetition => {
    const { anchor, between, leaf } = chainIn(files);
    const anchors = made(anchorAtHand, () => [valueOf(readCertificate(anchor))]);
    return async () => {
      const options = { anchors: anchors(), now: new Date() };
      valueOf((await trust(LEAF, [leaf, between], 'encryption', options)).outcome);
      return NOTHING;
    };
  };

const pkijs =
  (anchorAtHand: boolean) =>
  (files: CaseFiles): Repetition => {
    const { anchor, between, leaf } = chainIn(files);
    const trustedCerts = made(anchorAtHand, () => [Certificate.fromBER(anchor)]);
    return async () => {
      const certs = [Certificate.fromBER(between), Certificate.fromBER(leaf)];
      const { result, resultMessage } = await new CertificateChainValidationEngine({
        trustedCerts: trustedCerts(),
        certs,
        checkDate: new Date(),
      }).verify();
      if (!result) throw new Error(resultMessage);
      return NOTHING;
    };
  };

/**
 * What nobody gets around: OpenSSL parses each certificate, and checks each signature with the key that it found there.
 * Where the bytes that were signed begin and end is known before.
 */
const limit =
  (anchorAtHand: boolean) =>
  (files: CaseFiles): Repetition => {
    const { anchor, between, leaf } = chainIn(files);
    const [readLeaf, readBetween] = [leaf, between].map((der) => valueOf(readCertificate(der)));
    const anchorOf = made(anchorAtHand, () => new X509Certificate(anchor));
    return () => {
      const start = performance.now();
      const [, issuer] = [new X509Certificate(leaf), new X509Certificate(between)];
      const top = anchorOf();
      const parsed = performance.now();
      const isSigned =
        isSignedBy(readLeaf!, issuer.publicKey) && isSignedBy(readBetween!, top.publicKey);
      if (!isSigned) throw new Error('A signature is wrong');
      return { bytes: 0, partMs: { parse: parsed - start, verify: performance.now() - parsed } };
    };
  };

const isSignedBy = ({ signedPart, signature }: Ours, key: KeyObject): boolean =>
  verify('sha256', signedPart, key, signature);

void serve({
  'ours-anew': ours(false),
  'limit-anew': limit(false),
  'pkijs-anew': pkijs(false),
  'ours-at-hand': ours(true),
  'limit-at-hand': limit(true),
  'pkijs-at-hand': pkijs(true),
});
