import { decodeJwt, errors, type JWTPayload, type JWTVerifyResult, jwtVerify } from 'jose';
import type { Now } from '../../clock.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { KnownIssuer } from '../../settings-identity.ts';
import type { TokenFault } from '../../token-fault.ts';
import { type IssuerKeys, issuerKeys } from './issuer-keys.ts';

/** As much of an issuer as its tokens are verified by. */
export type VerifiedIssuer = Pick<
  KnownIssuer,
  'name' | 'url' | 'audiences' | 'algorithms' | 'form'
>;

/** What a genuine token says, and the name of the issuer who signed it. */
interface Verified {
  readonly issuer: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** An access token (RFC 9068) says `at+jwt`; many issuers still say `JWT`. An unnamed kind is refused. */
const TYPES = ['at+jwt', 'application/at+jwt', 'jwt'];
const SKEW_SECONDS = 60;

/**
 * Verifies access tokens of several issuers, each by its own keys: one that is out of reach is no loss to the others. What
 * a token says of its issuer only chooses among those that there are.
 *
 * @returns claims, or edge/unauthenticated (no token of ours, and as detail why), or edge/token-expired (ours, at another time)
 * @throws when the issuer does not answer: nobody can tell then whose token it is
 */
export function tokenVerifier(issuers: readonly VerifiedIssuer[], now: Now) {
  const believed = new Map(
    issuers.map((issuer) => [issuer.url, { issuer, keys: issuerKeys(issuer.url, now) }]),
  );
  return async (token: string): Promise<Outcome<Verified>> => {
    const known = believed.get(issuerIn(token) ?? '');
    if (!known) return denied('issuer');
    const { issuer, keys } = known;
    try {
      const { payload, protectedHeader } = await verify(token, issuer, keys, now());
      return isAccessToken(payload, protectedHeader.typ, issuer)
        ? inTime(payload, issuer, now())
        : denied('type');
    } catch (error) {
      return refusalOf(error);
    }
  };
}

function issuerIn(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

async function verify(
  token: string,
  issuer: VerifiedIssuer,
  keys: IssuerKeys,
  currentDate: Date,
): Promise<JWTVerifyResult> {
  const options = {
    issuer: issuer.url,
    // Cognito has none; its client is looked at instead.
    ...(issuer.form === 'cognito' ? {} : { audience: [...issuer.audiences] }),
    algorithms: [...issuer.algorithms],
    clockTolerance: SKEW_SECONDS,
    requiredClaims: ['sub', 'exp'],
    currentDate,
  };
  try {
    return await jwtVerify(token, await keys.current(), options);
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    const newer = await keys.newer();
    if (newer === undefined) throw error;
    return jwtVerify(token, newer, options);
  }
}

function isAccessToken(
  claims: JWTPayload,
  type: unknown,
  { form, audiences }: VerifiedIssuer,
): boolean {
  // jose says that it is text, and does not look.
  if (form === 'standard') return typeof type === 'string' && TYPES.includes(type.toLowerCase());
  const { token_use: use, client_id: client } = claims;
  return use === 'access' && typeof client === 'string' && audiences.includes(client);
}

/** A token that was issued after now comes from a clock that is wrong, or from somebody who makes up its claims. */
const inTime = (claims: JWTPayload, { name }: VerifiedIssuer, now: Date): Outcome<Verified> =>
  claims.iat !== undefined && claims.iat > now.getTime() / 1000 + SKEW_SECONDS
    ? fail('edge/token-expired')
    : done({ issuer: name, claims });

/** By jose's codes. */
const FAULTS: Readonly<Record<string, TokenFault>> = {
  ERR_JWKS_NO_MATCHING_KEY: 'key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'key',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
};

const denied = (fault: TokenFault): Outcome<never> => fail('edge/unauthenticated', fault);

/** jose checks the signature first, then issuer and audience, then the times: only the last make a token "expired". */
function refusalOf(error: unknown): Outcome<never> {
  if (error instanceof errors.JWTExpired) return fail('edge/token-expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    const early = error.claim === 'nbf' && error.reason === 'check_failed';
    if (early) return fail('edge/token-expired');
    return denied(error.claim === 'aud' ? 'audience' : 'claims');
  }
  // What is wrong with the way to the keys says nothing of the token.
  if (!(error instanceof errors.JOSEError)) throw error;
  return denied(FAULTS[error.code] ?? 'malformed');
}
