import type { DistinguishedName } from '../certificate-name.ts';
import type { Certificate } from '../certificate.ts';
import { childrenOf, NotDer, readBoolean, readDer, TAG, type Der } from '../der.ts';
import { readDistributionPointName } from '../distribution-point.ts';
import type { GeneralName } from '../general-name.ts';
import { ALL_REASONS, readReasons, type Reasons } from '../reasons.ts';

/** Of which certificates, and for which reasons, a list speaks: its issuingDistributionPoint. */
export interface Scope {
  /** The points from which it comes; when absent it is for all certificates of its issuer. */
  readonly names?: readonly GeneralName[];
  readonly only?: 'users' | 'authorities' | 'attributes';
  readonly reasons: Reasons;
  /** Whether it may list certificates of other issuers. */
  readonly isIndirect: boolean;
}

export const EVERYTHING: Scope = { reasons: ALL_REASONS, isIndirect: false };

const NAME = 0xa0;
const USERS = 0x81;
const AUTHORITIES = 0x82;
const REASONS = 0x83;
const INDIRECT = 0x84;
const ATTRIBUTES = 0x85;

/**
 * Reads the value of issuingDistributionPoint.
 *
 * @param issuer of the list
 * @throws NotDer also when it is only for two kinds of certificates at once
 * @see RFC 5280 section 5.2.5
 */
export function readScope(value: Uint8Array, issuer: DistinguishedName): Scope {
  const parts = childrenOf(readDer(value));
  const take = (tag: number): Der | undefined =>
    parts[0]?.tag === tag ? parts.shift() : undefined;
  const name = take(NAME);
  const users = isSet(take(USERS)) ? ['users' as const] : [];
  const authorities = isSet(take(AUTHORITIES)) ? ['authorities' as const] : [];
  const reasons = take(REASONS);
  const isIndirect = isSet(take(INDIRECT));
  const attributes = isSet(take(ATTRIBUTES)) ? ['attributes' as const] : [];
  const [only, ...others] = [...users, ...authorities, ...attributes];
  if (parts.length > 0 || others.length > 0) throw new NotDer('scope');
  return {
    ...(name && { names: readDistributionPointName(name, issuer) }),
    ...(only && { only }),
    reasons: reasons ? readReasons(reasons, REASONS) : ALL_REASONS,
    isIndirect,
  };
}

const isSet = (flag: Der | undefined): boolean =>
  flag !== undefined && readBoolean({ ...flag, tag: TAG.boolean });

/**
 * For which reasons a list of the certificate's own issuer speaks of it; none when it does not speak of it at all.
 *
 * A list that names the points from which it comes speaks of certificates that name one of them. Points for which
 * somebody else signs are passed over. Every certificate counts as naming its issuer.
 *
 * @see RFC 5280 section 6.3.3, (b) (2), (d) and the last paragraph
 */
export function reasonsFor({ names, only, reasons }: Scope, certificate: Certificate): Reasons {
  const kind = certificate.basicConstraints?.ca === true ? 'authorities' : 'users';
  if (only !== undefined && only !== kind) return 0;
  if (!names) return reasons;
  const own: GeneralName = { kind: 'directory', name: certificate.issuer };
  const points = certificate.crlDistributionPoints.filter(({ crlIssuer }) => !crlIssuer);
  const covered = [...points, { names: [own], reasons: ALL_REASONS }]
    .filter((point) => point.names.some((each) => names.some((name) => isSame(each, name))))
    .reduce((all, point) => all | point.reasons, 0);
  return covered & reasons;
}

/** URLs are compared as they are written. */
function isSame(one: GeneralName, other: GeneralName): boolean {
  if (one.kind === 'directory' && other.kind === 'directory') {
    return one.name.comparable === other.name.comparable;
  }
  if ('text' in one && 'text' in other) return one.kind === other.kind && one.text === other.text;
  return false;
}
