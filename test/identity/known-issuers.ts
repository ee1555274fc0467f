import { createHmac } from 'node:crypto';
import { claimsOf, type TokenRequest } from '../../infra/local/world/token-request.ts';
import { ROUTES } from '../../lambdas/routes.ts';
import type { Kind } from '../../shared/kinds.ts';
import { identityOf, issuersBeside } from '../support/issuers.ts';
import { signingKeys, startTokenIssuer } from '../support/token-issuer.ts';

export const NOW = new Date('2026-11-22T12:00:00.000Z');
const AUDIENCE = 'direct-transmit';
const second = NOW.getTime() / 1000;

/** What the default issuer's rules ask of a sign-in, and what more a step-up. */
const RULES = {
  name: 'default',
  acr: ['loa2', 'loa3'],
  maxAuthAgeSeconds: 3600,
  stepUp: { acr: ['loa3'], maxAuthAgeSeconds: 300 },
};

const IDENTITY = { revoked: { tokens: ['withdrawn'] } };

/** Also those for other kinds, so that a kind is all that keeps somebody from a route. */
const EVERY_SCOPE = [...new Set(ROUTES.flatMap(({ scopes }) => [...scopes]))];

/** Whom a token is for; a patient's and a representative's is for ana unless said. */
const bearer = (kind: Kind, patient?: string): TokenRequest => {
  const isBound = kind === 'patient' || kind === 'representative';
  const named = patient ?? (isBound ? 'ana' : undefined);
  return { kind, ...(named === undefined ? {} : { patient: named }) };
};

/** How a token differs from one that does. */
export interface Differing {
  readonly claims?: object;
  readonly header?: object;
  readonly patient?: string;
  readonly by?: 'default' | 'clinic' | 'lost' | 'stranger' | 'pss';
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * The issuers of a deployment: the default one, a clinic's that may speak for providers alone, and one that is out of
 * reach. A stranger has keys of his own, and `pss` is the default issuer's algorithm of another sort.
 */
export async function knownIssuers() {
  const [rsa, curve, strange, pss] = await Promise.all([
    signingKeys('RS256'),
    signingKeys('ES384'),
    signingKeys('RS256'),
    signingKeys('PS256', { kid: 'pss' }),
  ]);
  const [byDefault, clinic, lost] = await Promise.all([
    startTokenIssuer(rsa, pss),
    startTokenIssuer(curve),
    startTokenIssuer(curve),
  ]);
  await lost.close();
  const shared = { audiences: [AUDIENCE] };
  const identity = {
    ...IDENTITY,
    issuers: [
      RULES,
      { name: 'clinic', url: clinic.url, ...shared, kinds: ['provider' as const] },
      { name: 'lost', url: lost.url, ...shared },
    ],
  };
  const signers = {
    default: { url: byDefault.url, keys: rsa },
    clinic: { url: clinic.url, keys: curve },
    lost: { url: lost.url, keys: curve },
    stranger: { url: byDefault.url, keys: strange },
    pss: { url: byDefault.url, keys: pss },
  };

  const claimsFor = (kind: Kind, { claims, patient, by = 'default' }: Differing) => ({
    ...claimsOf({ ...bearer(kind, patient), scopes: EVERY_SCOPE }),
    iss: signers[by].url,
    aud: AUDIENCE,
    iat: second - 10,
    exp: second + 600,
    acr: 'loa3',
    auth_time: second - 10,
    ...claims,
  });
  /** A token that does for its kind, but for what differs. */
  const token = (kind: Kind, differing: Differing = {}): Promise<string> =>
    signers[differing.by ?? 'default'].keys.sign(claimsFor(kind, differing), differing.header);
  /** One that is signed by nobody. */
  const unsigned = (kind: Kind): string =>
    `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claimsFor(kind, {}))}.`;
  /** One whose signature takes the public key for a secret. */
  const signedInPublic = (kind: Kind): string => {
    const signed = `${part({ alg: 'HS256', kid: 'k', typ: 'at+jwt' })}.${part(claimsFor(kind, {}))}`;
    return `${signed}.${createHmac('sha256', rsa.publicPem).update(signed).digest('base64url')}`;
  };

  return {
    issuers: issuersBeside({ url: byDefault.url, audience: AUDIENCE }, identity),
    revoked: identityOf(identity).revoked,
    second,
    token,
    unsigned,
    signedInPublic,
    close: () => Promise.all([byDefault.close(), clinic.close()]),
  };
}

export type KnownIssuers = Awaited<ReturnType<typeof knownIssuers>>;
