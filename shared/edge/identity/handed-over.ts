import { isFailureCode } from '../../failures.ts';
import { KINDS } from '../../kinds.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { SignIn } from './assurance.ts';
import type { Authority, Principal } from './principal.ts';

/** What the authorizer hands to the function behind it, as text: a principal, or a refusal and the sign-in it wants. */
export interface AuthorizerContext {
  readonly principal?: string;
  readonly refusal?: string;
  readonly signIn?: string;
}

/**
 * Reads what the authorizer handed over. Fails closed: without it, or with anything of it that is not as it was written,
 * nobody is anybody.
 *
 * @failure edge/unauthenticated, and whatever the authorizer refused
 */
export function authorized(context: unknown): Outcome<Principal> {
  const { principal, refusal } = fieldsOf(context);
  if (typeof refusal === 'string' && isFailureCode(refusal)) return fail(refusal);
  if (refusal !== undefined) return fail('edge/unauthenticated');
  const read = parsed(principal);
  return isPrincipal(read) ? done(read) : fail('edge/unauthenticated');
}

/** The sign-in for which a refusal asks: that of the authorizer, or one for want of step-up. */
export function signInWanted(context: unknown): SignIn | undefined {
  const { signIn } = fieldsOf(context);
  const wanted = parsed(signIn);
  if (isSignIn(wanted)) return wanted;
  const principal = authorized(context);
  return principal.ok ? principal.value.stepUp : undefined;
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPrincipal(value: unknown): value is Principal {
  const { kind, subject, patients, scopes, authority, stepUp } = fieldsOf(value);
  return (
    KINDS.some((each) => each === kind) &&
    typeof subject === 'string' &&
    subject !== '' &&
    isTexts(patients) &&
    isTexts(scopes) &&
    (authority === undefined || isAuthority(authority)) &&
    (stepUp === undefined || isSignIn(stepUp))
  );
}

function isAuthority(value: unknown): value is Authority {
  const { relationship, until } = fieldsOf(value);
  return (
    typeof relationship === 'string' &&
    (until === undefined || (typeof until === 'string' && !Number.isNaN(Date.parse(until))))
  );
}

function isSignIn(value: unknown): value is SignIn {
  const { acr, maxAgeSeconds } = fieldsOf(value);
  return isTexts(acr) && (maxAgeSeconds === undefined || Number.isInteger(maxAgeSeconds));
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
