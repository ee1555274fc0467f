import { isFailureCode } from '../../failures.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { KINDS, type Claims, type Principal, principalOf } from './principal.ts';

/**
 * Checks a token's signature, issuer, audience and times.
 *
 * @failure edge/unauthenticated it is no token of ours
 * @failure edge/token-expired   it is, at another time
 */
export type VerifyToken = (token: string) => Promise<Outcome<Claims>>;

/** What the authorizer hands to the function behind it: one or the other, as text. */
export interface AuthorizerContext {
  readonly principal?: string;
  readonly refusal?: string;
}

export interface Authorized {
  readonly isAuthorized: boolean;
  readonly context: AuthorizerContext;
}

const BEARER = /^Bearer ([\w~+/.-]{1,8192}=*)$/i;
const DENIED: Authorized = { isAuthorized: false, context: {} };

/**
 * Answers API Gateway (payload 2.0, simple response) from the Authorization header. What is no token of ours is denied
 * here; a genuine one that does not do is let through as a refusal, because only the function behind can say why in a
 * problem document. Scopes are that function's business: it knows its routes, and an answer here may be cached.
 */
export async function authorize(
  authorization: string | undefined,
  verify: VerifyToken,
): Promise<Authorized> {
  const token = BEARER.exec(authorization ?? '')?.[1];
  if (token === undefined) return DENIED;
  const claims = await verify(token);
  if (!claims.ok && claims.failure.code === 'edge/unauthenticated') return DENIED;
  const principal = claims.ok ? principalOf(claims.value) : claims;
  return {
    isAuthorized: true,
    context: principal.ok
      ? { principal: JSON.stringify(principal.value) }
      : { refusal: principal.failure.code },
  };
}

/**
 * Reads what the authorizer handed over. Fails closed: without it nobody is anybody.
 *
 * @failure edge/unauthenticated, and whatever the authorizer refused
 */
export function authorized(context: unknown): Outcome<Principal> {
  const { principal, refusal } = (context ?? {}) as Record<string, unknown>;
  if (typeof refusal === 'string' && isFailureCode(refusal)) return fail(refusal);
  if (refusal !== undefined || typeof principal !== 'string') return fail('edge/unauthenticated');
  try {
    const read: unknown = JSON.parse(principal);
    return isPrincipal(read) ? done(read) : fail('edge/unauthenticated');
  } catch {
    return fail('edge/unauthenticated');
  }
}

function isPrincipal(value: unknown): value is Principal {
  const { kind, subject, patients, scopes } = (value ?? {}) as Record<string, unknown>;
  return (
    KINDS.some((each) => each === kind) &&
    typeof subject === 'string' &&
    isTexts(patients) &&
    isTexts(scopes)
  );
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
