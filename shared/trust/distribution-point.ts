import { joinName, type DistinguishedName } from './certificate-name.ts';
import { childrenOf, NotDer, readDer, type Der } from './der.ts';
import { readGeneralName, textsOf, type GeneralName } from './general-name.ts';
import { ALL_REASONS, readReasons, type Reasons } from './reasons.ts';

/** Where the list lies on which a certificate would stand if it were revoked. */
export interface DistributionPoint {
  /** The full name; one that is relative is joined to the name of the list's issuer. Empty when there is none. */
  readonly names: readonly GeneralName[];
  /** URLs among the names, as they were written. */
  readonly urls: readonly string[];
  /** For which the list that lies there speaks. */
  readonly reasons: Reasons;
  /** Present when somebody else than the certificate's issuer signs the list. */
  readonly crlIssuer?: readonly GeneralName[];
}

const POINT_NAME = 0xa0;
const REASONS = 0x81;
const CRL_ISSUER = 0xa2;
const FULL_NAME = 0xa0;
const RELATIVE_NAME = 0xa1;

/**
 * Reads the value of cRLDistributionPoints.
 *
 * @param issuer of the certificate
 * @see RFC 5280 section 4.2.1.13
 */
export function readDistributionPoints(
  value: Uint8Array,
  issuer: DistinguishedName,
): readonly DistributionPoint[] {
  const points = childrenOf(readDer(value));
  if (points.length === 0) throw new NotDer('no distribution point');
  return points.map((point) => readDistributionPoint(point, issuer));
}

function readDistributionPoint(der: Der, issuer: DistinguishedName): DistributionPoint {
  const parts = childrenOf(der);
  const take = (tag: number): Der | undefined =>
    parts[0]?.tag === tag ? parts.shift() : undefined;
  const name = take(POINT_NAME);
  const reasons = take(REASONS);
  const crlIssuer = readCrlIssuer(take(CRL_ISSUER));
  if (parts.length > 0 || (!name && !crlIssuer)) throw new NotDer('distribution point');
  const signer = crlIssuer?.find((each) => each.kind === 'directory')?.name ?? issuer;
  const names = name ? readDistributionPointName(name, signer) : [];
  return {
    names,
    urls: textsOf(names, 'uri'),
    reasons: reasons ? readReasons(reasons, REASONS) : ALL_REASONS,
    ...(crlIssuer && { crlIssuer }),
  };
}

function readCrlIssuer(der: Der | undefined): readonly GeneralName[] | undefined {
  const names = der && childrenOf(der, CRL_ISSUER).map((each) => readGeneralName(each));
  if (names?.length === 0) throw new NotDer('issuer without a name');
  return names;
}

/**
 * Reads a DistributionPointName, as it stands in certificates and in the lists themselves.
 *
 * @param der the [0] around it
 * @param issuer of the list, to which a relative name is joined
 * @see RFC 5280 sections 4.2.1.13 and 5.2.5
 */
export function readDistributionPointName(
  der: Der,
  issuer: DistinguishedName,
): readonly GeneralName[] {
  const [name, ...rest] = childrenOf(der, POINT_NAME);
  if (!name || rest.length > 0) throw new NotDer('name of a distribution point');
  if (name.tag === RELATIVE_NAME) {
    return [{ kind: 'directory', name: joinName(issuer, name.content) }];
  }
  const names = childrenOf(name, FULL_NAME).map((each) => readGeneralName(each));
  if (names.length === 0) throw new NotDer('name of a distribution point');
  return names;
}
