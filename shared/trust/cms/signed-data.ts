import { OID } from './algorithms.ts';
import { octetChunks, oidOf, readBer, type Ber } from './ber.ts';
import { certificateIdOf } from './certificate-id.ts';
import { TAG } from './der.ts';
import {
  verifiedSigner,
  type Candidate,
  type SignatureFault,
  type VerifiedSigner,
} from './signer-info.ts';

/** A content and those who have signed it: at least one. */
export interface VerifiedContent {
  readonly content: Uint8Array;
  readonly signers: readonly [VerifiedSigner, ...VerifiedSigner[]];
  /** DER of all certificates that came with it, as claims. */
  readonly certificates: readonly Uint8Array[];
}

/**
 * Why a CMS object is not a signed content: `not-signed` for another kind of CMS content, `bad-signature` also for no signer,
 * no certificate of the signer, an unknown algorithm, or another content.
 */
export type SignedDataFault = SignatureFault | 'not-signed' | 'malformed';

const MOST_CERTIFICATES = 32;
const MOST_SIGNERS = 8;

/**
 * Verifies SignedData. One good signature is enough: some senders sign with an old and a new certificate.
 * Whether a signer is to be trusted is not asked here.
 *
 * @param detached the content when it travels apart; without it the content must be inside, with it it must not
 * @param acceptSha1 MD5 never is
 */
export function verifySignedData(
  cms: Uint8Array,
  detached: Uint8Array | undefined,
  acceptSha1: boolean,
): VerifiedContent | SignedDataFault {
  const info = readBer(cms);
  if (info?.tag !== TAG.sequence) return 'malformed';
  if (oidOf(info.children[0]) !== OID.signedData) return 'not-signed';
  const signed = readSignedData(info.children[1]?.children[0]);
  if (!signed) return 'malformed';
  const inOnePlace = (detached === undefined) !== (signed.content === undefined);
  if (!inOnePlace || signed.type !== OID.data) return 'bad-signature';

  const content = detached ?? Buffer.concat(signed.content ?? []);
  const verdicts = signed.signerInfos.map((each) =>
    verifiedSigner(each, signed.candidates, content, acceptSha1),
  );
  const [first, ...others] = verdicts.filter((each) => typeof each !== 'string');
  const certificates = signed.candidates.map((each) => each.der);
  if (first) return { content, signers: [first, ...others], certificates };
  const faults = verdicts.filter((each) => typeof each === 'string');
  // Of several signatures the one that failed by its strength alone says most.
  return faults.find((fault) => fault !== 'bad-signature') ?? 'bad-signature';
}

interface SignedData {
  readonly type: string;
  readonly content: readonly Uint8Array[] | undefined;
  readonly candidates: readonly Candidate[];
  readonly signerInfos: readonly Ber[];
}

/** RFC 5652 section 5.1: version, digest algorithms, content, [0] certificates, [1] CRLs, signer infos. */
function readSignedData(body: Ber | undefined): SignedData | undefined {
  const [, , encapsulated, ...rest] = body?.tag === TAG.sequence ? body.children : [];
  const signerInfos = rest.at(-1);
  const certificates = rest.find(({ tag }) => tag === TAG.constructed0)?.children ?? [];
  const explicit = encapsulated?.children[1];
  const octets = explicit?.tag === TAG.constructed0 ? explicit.children[0] : undefined;
  const content = octets && octetChunks(octets);
  const fits =
    encapsulated?.tag === TAG.sequence &&
    signerInfos?.tag === TAG.set &&
    signerInfos.children.length <= MOST_SIGNERS &&
    certificates.length <= MOST_CERTIFICATES &&
    (explicit === undefined) === (content === undefined);
  if (!fits) return undefined;
  return {
    type: oidOf(encapsulated.children[0]),
    content,
    candidates: certificates.flatMap(candidateOf),
    signerInfos: signerInfos.children,
  };
}

/** Attribute certificates and other kinds are passed over. */
function candidateOf({ tag, raw }: Ber): readonly Candidate[] {
  const id = tag === TAG.sequence ? certificateIdOf(raw) : undefined;
  return id ? [{ der: raw, id }] : [];
}
