import type { Kind } from '../../kinds.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Principal } from './principal.ts';
import { holds } from './scopes.ts';

/** One line of the route table: what may be called, with which scopes, by whom. */
export interface Route {
  readonly method: string;
  /** As API Gateway writes it, parameters in braces. */
  readonly path: string;
  /** All of them are needed. */
  readonly scopes: readonly string[];
  /** `any` alone is a public route: no token is looked at. */
  readonly kinds: readonly (Kind | 'any')[];
  /** A client certificate that the settings name does for a token. */
  readonly certificate?: true;
  /** The stronger or fresher sign-in is wanted that the settings of an issuer ask for, where they do. */
  readonly stepUp?: true;
  /** An Idempotency-Key is wanted: what is created or changed has no identity of its own. */
  readonly idempotent?: true;
  /** It takes in something new: an operator may have stopped that. */
  readonly intake?: true;
  /** It ends something, and is counted by itself: nobody loses it by having called too often, or by who has the token. */
  readonly stops?: true;
  /** It answers a page of a list, by `limit` and `cursor`. */
  readonly page?: true;
  /** An If-Match is wanted, or looked at where there is one. Whether it matches, who knows the resource says. */
  readonly ifMatch?: true | 'optional';
}

export const routeKeyOf = ({ method, path }: Route): string => `${method} ${path}`;

export const isPublic = (route: Route): boolean => route.kinds.includes('any');

/**
 * Whether this principal may call this route at all.
 *
 * @failure edge/forbidden
 */
export function mayCall(principal: Principal, route: Route): Outcome<Principal> {
  const scoped = route.scopes.every((scope) => holds(principal.scopes, scope, route));
  return scoped && route.kinds.includes(principal.kind) ? done(principal) : fail('edge/forbidden');
}

/**
 * Whether this principal may act for this patient: patients and representatives only for those that the token names,
 * a provider whose token names a patient for that one, others for all. Says nothing of whether the patient exists.
 *
 * @failure edge/forbidden
 */
export function mayActFor(principal: Principal, patientId: string): Outcome<Principal> {
  const named = principal.patients.includes(patientId);
  const bound =
    principal.kind === 'patient' ||
    principal.kind === 'representative' ||
    principal.patients.length > 0;
  return named || !bound ? done(principal) : fail('edge/forbidden');
}
