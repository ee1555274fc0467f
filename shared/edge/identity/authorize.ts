import type { Now } from '../../clock.ts';
import { isFailureCode } from '../../failures.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { type CertifiedClient, principalOfCertificate } from './client-certificate.ts';
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

/** What a caller shows of himself. */
export interface Shown {
  /** The header. */
  readonly authorization?: string | undefined;
  /** PEM, of a caller who came by mutual TLS. */
  readonly certificate?: string | undefined;
}

export interface AuthorizePorts {
  readonly verify: VerifyToken;
  readonly clients: readonly CertifiedClient[];
  readonly now: Now;
}

/**
 * Answers API Gateway (payload 2.0, simple response). What is no token and no certificate of ours is denied here; a genuine
 * one that does not do is let through as a refusal, because only the function behind can say why in a problem document.
 * Scopes are that function's business: it knows its routes, and an answer here may be cached.
 *
 * A certificate counts only where no Authorization header was sent. Routes that take none are not asked about without a
 * header, so for them it never counts, and no answer that is cached under a header was given for a certificate.
 */
export async function authorize(shown: Shown, ports: AuthorizePorts): Promise<Authorized> {
  const principal = await principalShown(shown, ports);
  if (principal.ok) return letThrough({ principal: JSON.stringify(principal.value) });
  const { code } = principal.failure;
  return code === 'edge/unauthenticated' ? DENIED : letThrough({ refusal: code });
}

const letThrough = (context: AuthorizerContext): Authorized => ({ isAuthorized: true, context });

async function principalShown(
  { authorization, certificate }: Shown,
  { verify, clients, now }: AuthorizePorts,
): Promise<Outcome<Principal>> {
  if (authorization === undefined) {
    return certificate === undefined
      ? fail('edge/unauthenticated')
      : principalOfCertificate(certificate, clients, now());
  }
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) return fail('edge/unauthenticated');
  const claims = await verify(token);
  return claims.ok ? principalOf(claims.value) : claims;
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
