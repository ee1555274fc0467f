import { challengeOf, type Proof } from './proof.ts';
import type { SignInService } from './sign-in-service.ts';
import type { Visit } from './visit.ts';

/** What a sign-in is asked for, besides who it is. */
export interface Wish {
  readonly language: string;
  readonly launched?: Extract<Visit, { kind: 'launched' }>;
  /** RFC 9470. */
  readonly acrValues?: string;
  readonly maxAgeSeconds?: number;
}

/**
 * Where to go to sign in: the authorization code flow with PKCE, RFC 6749 4.1.1.
 *
 * @param redirectUri one of our own pages, to the letter as the service knows it
 */
export async function questionUrl(
  { authorizeUrl, clientId, scope }: SignInService,
  redirectUri: string,
  proof: Proof,
  { language, launched, acrValues, maxAgeSeconds }: Wish,
): Promise<string> {
  const url = new URL(authorizeUrl);
  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: launched ? `${scope} launch` : scope,
    state: proof.state,
    code_challenge: await challengeOf(proof),
    code_challenge_method: 'S256',
    ui_locales: language,
    ...(launched && { launch: launched.launch, aud: launched.iss }),
    ...(acrValues !== undefined && { acr_values: acrValues }),
    ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url.href;
}
