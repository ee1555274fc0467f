import type { Kind } from '../../kinds.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { KnownIssuer } from '../../settings-identity.ts';
import { type Claims, wordsIn } from './claims.ts';
import type { Principal } from './principal.ts';

/** How a person has to have signed in, as RFC 9470 asks for it. */
export interface SignIn {
  /** One of these classes; empty: any. */
  readonly acr: readonly string[];
  /** How long ago at most. */
  readonly maxAgeSeconds?: number;
}

/** What an issuer's rules ask of a sign-in. */
export type Assurance = Pick<KnownIssuer, 'acr' | 'amr' | 'maxAuthAgeSeconds' | 'stepUp'>;

/** What a sign-in falls short of: for any call, or only for what asks for step-up. */
export interface Lacking {
  readonly always?: SignIn;
  readonly stepUp?: SignIn;
}

/** Clocks of the issuer and ours may differ by so much. */
const SKEW_SECONDS = 60;

/**
 * What the sign-in behind a token lacks. A system has none: its client shows its key each time that it asks for a token.
 *
 * @param issuer the rules of whoever issued the token
 */
export function lackingIn(claims: Claims, kind: Kind, issuer: Assurance, now: Date): Lacking {
  if (kind === 'system') return {};
  const { amr, stepUp } = issuer;
  const base = signIn(issuer);
  const isStrong = amr.length === 0 || wordsIn(claims['amr']).some((word) => amr.includes(word));
  if (!isStrong || !shows(claims, base, now)) return { always: base };
  if (stepUp === undefined || shows(claims, signIn(stepUp), now)) return {};
  return { stepUp: signIn(stepUp) };
}

const signIn = ({
  acr,
  maxAuthAgeSeconds,
}: Pick<Assurance, 'acr' | 'maxAuthAgeSeconds'>): SignIn => ({
  acr,
  ...(maxAuthAgeSeconds === undefined ? {} : { maxAgeSeconds: maxAuthAgeSeconds }),
});

function shows(claims: Claims, { acr, maxAgeSeconds }: SignIn, now: Date): boolean {
  if (acr.length > 0 && !acr.some((each) => each === claims['acr'])) return false;
  if (maxAgeSeconds === undefined) return true;
  const signedInAt = claims['auth_time'];
  if (typeof signedInAt !== 'number') return false;
  const ageSeconds = now.getTime() / 1000 - signedInAt;
  return ageSeconds >= -SKEW_SECONDS && ageSeconds <= maxAgeSeconds + SKEW_SECONDS;
}

/**
 * Whether the principal signed in as what asks for step-up demands: creating a request, adding an address.
 * Which sign-in that is the authorizer decided, by the settings of the token's issuer.
 *
 * @failure edge/step-up-needed
 */
export const hasSteppedUp = (principal: Principal): Outcome<Principal> =>
  principal.stepUp === undefined ? done(principal) : fail('edge/step-up-needed');
