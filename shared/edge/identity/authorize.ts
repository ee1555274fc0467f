import type { Now } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { KnownIssuer, RevokedSettings } from '../../settings-identity.ts';
import { type TokenFault, tokenFaultIn } from '../../token-fault.ts';
import { lackingIn, type SignIn } from './assurance.ts';
import type { Claims } from './claims.ts';
import { type CertifiedClient, principalOfCertificate } from './client-certificate.ts';
import type { AuthorizerContext } from './handed-over.ts';
import { type Principal, principalOf } from './principal.ts';

/** What a genuine token says, and the name of the issuer who signed it. */
export interface Verified {
  readonly issuer: string;
  readonly claims: Claims;
}

/**
 * Checks a token's signature, issuer, audience and times.
 *
 * @failure edge/unauthenticated it is no token of ours; the detail is a `TokenFault`
 * @failure edge/token-expired   it is, at another time
 */
export type VerifyToken = (token: string) => Promise<Outcome<Verified>>;

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
  /** Every issuer of whom `verify` may speak. */
  readonly issuers: readonly KnownIssuer[];
  readonly revoked: RevokedSettings;
  readonly clients: readonly CertifiedClient[];
  readonly now: Now;
  readonly metrics: Metrics;
  readonly log: Log;
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
  const judged = await judge(shown, ports);
  if (!judged.ok) {
    const { code, detail } = judged.failure;
    const tokenFault = tokenFaultIn(detail);
    ports.metrics.put('CallerRefused', 1);
    ports.log.info('caller-refused', { code, ...(tokenFault === undefined ? {} : { tokenFault }) });
    return code === 'edge/unauthenticated' ? DENIED : letThrough({ refusal: code });
  }
  const { principal, lacking } = judged.value;
  if (lacking === undefined) return letThrough({ principal: JSON.stringify(principal) });
  const code = 'edge/sign-in-weak';
  ports.metrics.put('CallerRefused', 1);
  ports.log.info('caller-refused', { code });
  return letThrough({ refusal: code, signIn: JSON.stringify(lacking) });
}

const letThrough = (context: AuthorizerContext): Authorized => ({ isAuthorized: true, context });

interface Judged {
  readonly principal: Principal;
  /** The sign-in without which nothing may be called. */
  readonly lacking?: SignIn | undefined;
}

async function judge(
  { authorization, certificate }: Shown,
  ports: AuthorizePorts,
): Promise<Outcome<Judged>> {
  if (authorization !== undefined) {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return nobody('absent');
    const verified = await ports.verify(token);
    return verified.ok ? judgeClaims(verified.value, ports) : verified;
  }
  if (certificate === undefined) return nobody('absent');
  const principal = principalOfCertificate(certificate, ports.clients, ports.now());
  return principal.ok ? done({ principal: principal.value }) : principal;
}

const nobody = (fault: TokenFault): Outcome<never> => fail('edge/unauthenticated', fault);

/** @failure edge/unauthenticated, edge/token-revoked, edge/forbidden */
function judgeClaims({ issuer, claims }: Verified, ports: AuthorizePorts): Outcome<Judged> {
  const rules = ports.issuers.find(({ name }) => name === issuer);
  if (!rules) return nobody('issuer');
  const principal = principalOf(claims, rules);
  if (!principal.ok) return principal;
  const { tokens, subjects } = ports.revoked;
  const isRevoked =
    tokens.some((id) => id === claims['jti']) || subjects.includes(principal.value.subject);
  if (isRevoked) return fail('edge/token-revoked');
  const { always, stepUp } = lackingIn(claims, principal.value.kind, rules, ports.now());
  return done({
    principal: { ...principal.value, ...(stepUp === undefined ? {} : { stepUp }) },
    lacking: always,
  });
}
