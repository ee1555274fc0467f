import { createHash } from 'node:crypto';
import { makeRevocationList } from '../../../../infra/local/certificates/revocation-list.ts';
import {
  cachedKeys,
  issue,
  makeAuthority,
  type Authority,
  type Issued,
  type IssueOptions,
  type KeyPair,
} from '../../../support/pki.ts';
import type { CertificatePlan, Edition } from './edition.ts';

type IssuerName = CertificatePlan['issuer'];

/** The certificates of an edition, in the shape in which the tool issued them. */
export interface IssuedEdition {
  readonly authorities: Readonly<Record<IssuerName, Authority>>;
  readonly byName: ReadonlyMap<string, Issued>;
  /** A list made at this moment, as the tool makes them at each request. DER. */
  revocationList(issuer: IssuerName): Uint8Array;
}

/** An issuer that counts its serial numbers from a small one, and what it revoked. */
interface Counter {
  readonly authority: Authority;
  readonly revoked: Uint8Array[];
  nextSerial: number;
}

const YEAR_MS = 365 * 86_400_000;
const DUAL_USE = ['digitalSignature', 'keyEncipherment'] as const;
const CA_USES = [...DUAL_USE, 'keyCertSign', 'cRLSign'] as const;

/** @param host where lists and issuers lie, with its port */
export async function issueEdition(edition: Edition, host: string): Promise<IssuedEdition> {
  const rootKeys = await cachedKeys('dcdt root');
  const root = await makeAuthority({
    ...SHAPE,
    name: `${edition.base}_ca_root`,
    keys: rootKeys,
    keyUsage: CA_USES,
    serial: Uint8Array.of(1),
    subjectKeyId: subjectKeyIdOf(rootKeys),
    ...yearsFromNow(-1, 9),
  });
  const keys = await cachedKeys('dcdt intermediate');
  const intermediate1 = await issue(root, {
    ...SHAPE,
    ...pointersTo('root', host),
    name: `${edition.base}_ca_intermediate1`,
    ca: true,
    keys,
    keyUsage: CA_USES,
    serial: Uint8Array.of(2),
    subjectKeyId: subjectKeyIdOf(keys),
    ...yearsFromNow(-1, 9),
  });
  const counters = {
    root: { authority: root, revoked: [], nextSerial: 3 },
    intermediate1: { authority: intermediate1, revoked: [], nextSerial: 1 },
  };
  const byName = new Map<string, Issued>();
  for (const plan of edition.certificates) {
    byName.set(plan.name, await issuePlanned(plan, counters[plan.issuer], host));
  }
  return {
    authorities: { root, intermediate1 },
    byName,
    revocationList: (issuer) => listOf(counters[issuer]),
  };
}

/**
 * What is odd about the tool's certificates, and has to be taken: authorities whose basic constraints are not critical,
 * others that have them too, no extended key usage.
 */
const SHAPE = {
  basicConstraints: 'not-critical',
  extendedKeyUsage: [],
} as const satisfies Partial<IssueOptions>;

async function issuePlanned(
  { name, bound, subject, state, issuer, keyBits: bits, isTarget }: CertificatePlan,
  counter: Counter,
  host: string,
): Promise<Issued> {
  // Keys are slow to make; those who only stand in the way can share one.
  const keys = await cachedKeys(isTarget ? `dcdt ${name}` : 'dcdt background', { bits });
  const serial = Uint8Array.of(counter.nextSerial++);
  if (state === 'revoked') counter.revoked.push(serial);
  return issue(counter.authority, {
    ...SHAPE,
    ...pointersTo(issuer, host),
    name,
    [bound]: subject,
    emailInName: subject,
    keys,
    keyUsage: DUAL_USE,
    serial,
    subjectKeyId: subjectKeyIdOf(keys),
    // The tool's expired ones were valid for one instant.
    ...(state === 'expired' ? yearsFromNow(-1, -1) : yearsFromNow(-1, 9)),
  });
}

function listOf({ authority, revoked }: Counter): Uint8Array {
  const now = Date.now();
  return makeRevocationList(authority, {
    number: 0,
    thisUpdate: new Date(now),
    revoked: revoked.map((serial) => ({ serial, at: new Date(now - YEAR_MS), reason: 1 })),
  });
}

const pointersTo = (issuer: IssuerName, host: string) => ({
  crlUrls: [`http://${host}/${issuer}.crl`],
  issuerUrls: [`http://${host}/${issuer}.cer`],
});

/** Whole seconds, as certificates say them. */
function yearsFromNow(from: number, to: number): { notBefore: Date; notAfter: Date } {
  const now = Math.floor(Date.now() / 1000) * 1000;
  return { notBefore: new Date(now + from * YEAR_MS), notAfter: new Date(now + to * YEAR_MS) };
}

/**
 * By SHA-256 of the whole key, while the identifier of the issuer is made of SHA-1 as everywhere: the two never agreed
 * in any certificate that the tool issued before 2025.
 */
const subjectKeyIdOf = ({ publicKey }: KeyPair): Uint8Array =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
