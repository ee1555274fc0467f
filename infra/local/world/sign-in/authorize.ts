import { scopesOf, type TokenRequest } from '../token-request.ts';
import { type Asked, backTo, readAsked } from './asked.ts';
import type { Grants } from './grants.ts';
import { SAMPLE_USERS } from './sample-users.ts';
import { nowherePage, signInPage } from './sign-in-page.ts';

/** A page, with the site that its forms may lead to; or where to go. */
export type Authorized =
  | { readonly kind: 'page'; readonly status: number; readonly html: string; readonly to?: string }
  | { readonly kind: 'go'; readonly url: string };

/** Somebody is sent here to sign in. */
export function askWho(query: URLSearchParams): Authorized {
  const reading = readAsked(query);
  if (reading.kind !== 'good') return refusal(reading);
  const { asked } = reading;
  const to = new URL(asked.redirect_uri).origin;
  return { kind: 'page', status: 200, html: signInPage(asked), to };
}

/** Somebody says who it is. @param iss ourselves, RFC 9207 */
export function signIn(form: URLSearchParams, grants: Grants, iss: string): Authorized {
  const reading = readAsked(form);
  if (reading.kind !== 'good') return refusal(reading);
  const { asked } = reading;
  const name = form.get('user') ?? '';
  const user = Object.hasOwn(SAMPLE_USERS, name) ? SAMPLE_USERS[name] : undefined;
  const answer = user
    ? { code: grants.begin(signedInAs(user.is, asked), asked) }
    : { error: 'access_denied' };
  return { kind: 'go', url: backTo(asked.redirect_uri, { ...answer, state: asked.state, iss }) };
}

/**
 * Whoever is to show more, or is to show it anew, does (RFC 9470). A token has of the scopes that were asked for those that
 * its kind may have, all where none was; a user pool's have a prefix.
 */
function signedInAs(user: TokenRequest, { max_age, acr_values, scope }: Asked): TokenRequest {
  const isStepUp = max_age !== undefined || acr_values !== undefined;
  const asked = scope.split(' ').map((each) => each.slice(each.indexOf('/') + 1));
  return {
    ...user,
    at: new Date(),
    signIn: isStepUp ? 'stepped-up' : 'usual',
    ...(scope !== '' && { scopes: scopesOf(user.kind).filter((each) => asked.includes(each)) }),
  };
}

function refusal(
  reading: Exclude<ReturnType<typeof readAsked>, { readonly kind: 'good' }>,
): Authorized {
  if (reading.kind === 'nowhere') return { kind: 'page', status: 400, html: nowherePage() };
  const { back, state } = reading;
  return { kind: 'go', url: backTo(back, { error: 'invalid_request', state }) };
}
