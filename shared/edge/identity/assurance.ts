import { done, fail, type Outcome } from '../../outcome.ts';
import type { Principal } from './principal.ts';

/** How a person has to have signed in, as RFC 9470 asks for it. */
export interface SignIn {
  /** One of these classes; empty: any. */
  readonly acr: readonly string[];
  /** How long ago at most. */
  readonly maxAgeSeconds?: number;
}

/**
 * Whether the principal signed in as what asks for step-up demands: creating a request, adding an address.
 * Which sign-in that is the authorizer decided, by the settings of the token's issuer.
 *
 * @failure edge/step-up-needed
 */
export const hasSteppedUp = (principal: Principal): Outcome<Principal> =>
  principal.stepUp === undefined ? done(principal) : fail('edge/step-up-needed');
