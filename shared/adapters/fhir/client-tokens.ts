import type { Now } from '../../clock.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { keptToken } from '../credentials/access-tokens.ts';
import type { Credential, CredentialsFor } from '../relay-secret.ts';
import { clientForm, isClient } from './client-form.ts';

export interface TokenOptions {
  readonly tokenUrl: string;
  readonly scope: string;
  /** PEM certificates to believe besides those that Node believes. */
  readonly authorities: readonly string[];
}

/**
 * Tokens for the directory of places, by what the relay secret says of the token server's host; one is kept while it
 * lasts.
 *
 * @failure discover/places-unreachable the secret does not name the host, or none is given
 */
export function clientTokens(
  { authorities, ...asked }: TokenOptions,
  credentials: CredentialsFor,
  now: Now = () => new Date(),
): () => Promise<Outcome<string>> {
  const { tokenUrl } = asked;
  const tokens = keptToken(authorities, now);
  return async () => {
    const found = await credentials(new URL(tokenUrl).host).catch((): readonly Credential[] => []);
    const credential = found.find(isClient);
    if (!credential) return fail('discover/places-unreachable', 'NO CREDENTIALS');
    const form = () => clientForm(credential, asked, now);
    const token = await tokens.by({ of: JSON.stringify(credential), tokenUrl, form });
    return token.ok
      ? done(token.value.text)
      : fail('discover/places-unreachable', token.failure.detail);
  };
}
