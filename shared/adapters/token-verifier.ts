import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod';
import { done, fail, type Outcome } from '../outcome.ts';

export interface TokenVerifierOptions {
  /** The issuer as it names itself in its tokens; its OpenID configuration lies below this URL. */
  readonly issuer: string;
  readonly audience: string;
}

type Claims = Readonly<Record<string, unknown>>;

/** Never an algorithm of secrets, never `none`: a public key must not do as a shared secret. */
const ALGORITHMS = ['RS256', 'ES256', 'ES384'];
/** An access token (RFC 9068) says `at+jwt`; many issuers still say `JWT`. An unnamed kind is refused. */
const KINDS = ['at+jwt', 'application/at+jwt', 'jwt'];
const SKEW_SECONDS = 60;
const FETCH_MS = 3000;
const KEYS_LOST = new Set([
  'ERR_JOSE_GENERIC',
  'ERR_JWKS_TIMEOUT',
  'ERR_JWKS_INVALID',
  'ERR_JWK_INVALID',
]);

const Configuration = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * Verifies access tokens of one issuer, whose keys are found by OpenID discovery and kept for ten minutes.
 *
 * @returns claims, or edge/unauthenticated (no token of ours), or edge/token-expired (ours, at another time)
 * @throws when the issuer does not answer: nobody can tell then whose token it is
 */
export function tokenVerifier({ issuer, audience }: TokenVerifierOptions) {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  const options = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    clockTolerance: SKEW_SECONDS,
    requiredClaims: ['sub', 'exp'],
  };
  return async (token: string): Promise<Outcome<Claims>> => {
    // A failed discovery is not kept: the next call asks again.
    keys ??= discoverKeys(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    try {
      const { payload, protectedHeader } = await jwtVerify(token, await keys, options);
      const isKind = KINDS.includes(protectedHeader.typ?.toLowerCase() ?? '');
      return isKind ? done(payload) : fail('edge/unauthenticated');
    } catch (error) {
      return refusalOf(error);
    }
  };
}

async function discoverKeys(issuer: string) {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`The issuer answers ${response.status}`);
  const configuration = Configuration.parse(await response.json());
  if (configuration.issuer !== issuer) throw new Error('The issuer names itself otherwise');
  return createRemoteJWKSet(new URL(configuration.jwks_uri), {
    timeoutDuration: FETCH_MS,
    cacheMaxAge: 600_000,
  });
}

/** jose checks the signature first, then issuer and audience, then the times: only the last make a token "expired". */
function refusalOf(error: unknown): Outcome<never> {
  if (error instanceof errors.JWTExpired) return fail('edge/token-expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    const early = error.claim === 'nbf' && error.reason === 'check_failed';
    return fail(early ? 'edge/token-expired' : 'edge/unauthenticated');
  }
  // What is wrong with the keys, or with the way to them, says nothing of the token.
  const isLost = !(error instanceof errors.JOSEError) || KEYS_LOST.has(error.code);
  if (isLost) throw error;
  return fail('edge/unauthenticated');
}
