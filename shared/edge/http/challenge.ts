import type { FailureCode } from '../../failures.ts';
import type { Route } from '../identity/access.ts';
import type { SignIn } from '../identity/assurance.ts';

/** Of no token it cannot be said what is wrong with it. */
const NO_TOKEN: readonly FailureCode[] = ['edge/unauthenticated', 'edge/certificate-expired'];
const WRONG_TOKEN: readonly FailureCode[] = ['edge/token-expired', 'edge/token-revoked'];
const WEAK_SIGN_IN: readonly FailureCode[] = ['edge/sign-in-weak', 'edge/step-up-needed'];

/** What a challenge may tell. */
export interface Challenging {
  readonly route?: Route;
  /** The one that would do. */
  readonly signIn?: SignIn;
}

/**
 * WWW-Authenticate of a refusal for want of something: RFC 6750 3 says what is wrong with the token and which scopes the
 * route takes, RFC 9470 3 which sign-in is wanted. Of other refusals nothing.
 */
export function challenge(
  code: FailureCode,
  { route, signIn }: Challenging,
): Readonly<Record<string, string>> {
  if (NO_TOKEN.includes(code)) return bearer();
  if (WRONG_TOKEN.includes(code)) return bearer({ error: 'invalid_token' });
  if (WEAK_SIGN_IN.includes(code)) {
    return bearer({ error: 'insufficient_user_authentication', ...wanted(signIn) });
  }
  if (code !== 'edge/forbidden') return {};
  return bearer({ error: 'insufficient_scope', scope: route?.scopes.join(' ') ?? '' });
}

const wanted = (signIn: SignIn | undefined): Record<string, string> => ({
  ...(signIn === undefined || signIn.acr.length === 0 ? {} : { acr_values: signIn.acr.join(' ') }),
  ...(signIn?.maxAgeSeconds === undefined ? {} : { max_age: String(signIn.maxAgeSeconds) }),
});

/** Nothing in it is a caller's own: codes, names of scopes, and words of the settings, which have no quotes. */
function bearer(said: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const parts = Object.entries(said).map(([name, value]) => `${name}="${value}"`);
  return { 'www-authenticate': ['Bearer', parts.join(', ')].join(' ').trim() };
}
