import { OID } from './algorithms.ts';
import { octetChunks, oidOf, readBer, type Ber, type LeftShut } from './ber.ts';
import { TAG } from './der.ts';

/** SignedData, read and not verified. */
export interface SignedData {
  /** Of the content, an OID. */
  readonly type: string;
  readonly content: Uint8Array | undefined;
  /** As they stand there; attribute certificates and other kinds are passed over. */
  readonly certificates: readonly Uint8Array[];
  readonly signerInfos: readonly Ber[];
}

const MOST_SIGNERS = 8;

/** Certificates of SignedData are in its [0], which is in a SEQUENCE, in a [0], in a SEQUENCE. */
const CERTIFICATES: LeftShut = { insideTag: TAG.constructed0, insideLevel: 3 };

export interface SignedDataLimits {
  readonly mostCertificates: number;
  /** Whether what is in certificates is left to whoever reads them: where there may be thousands. */
  readonly leaveCertificatesShut?: boolean;
}

/** RFC 5652 section 5.1: version, digest algorithms, content, [0] certificates, [1] CRLs, signer infos. */
export function readSignedData(
  cms: Uint8Array,
  { mostCertificates, leaveCertificatesShut = false }: SignedDataLimits,
): SignedData | 'not-signed' | 'malformed' {
  const info = readBer(cms, leaveCertificatesShut ? CERTIFICATES : undefined);
  if (info?.tag !== TAG.sequence) return 'malformed';
  if (oidOf(info.children[0]) !== OID.signedData) return 'not-signed';
  const body = info.children[1]?.children[0];

  const [, , encapsulated, ...rest] = body?.tag === TAG.sequence ? body.children : [];
  const signerInfos = rest.at(-1);
  const certificates = rest.find(({ tag }) => tag === TAG.constructed0)?.children ?? [];
  const explicit = encapsulated?.children[1];
  const octets = explicit?.tag === TAG.constructed0 ? explicit.children[0] : undefined;
  const chunks = octets && octetChunks(octets);
  const fits =
    encapsulated?.tag === TAG.sequence &&
    signerInfos?.tag === TAG.set &&
    signerInfos.children.length <= MOST_SIGNERS &&
    certificates.length <= mostCertificates &&
    (explicit === undefined) === (chunks === undefined);
  if (!fits) return 'malformed';
  return {
    type: oidOf(encapsulated.children[0]),
    content: chunks && Buffer.concat(chunks),
    certificates: certificates.flatMap(({ tag, raw }) => (tag === TAG.sequence ? [raw] : [])),
    signerInfos: signerInfos.children,
  };
}
