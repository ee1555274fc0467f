import { createPrivateKey, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Now } from '../../clock.ts';
import { later } from '../../clock.ts';
import type { Credential } from '../relay-secret.ts';

/** Who we are as a client of OAuth. */
export type ClientCredential = Exclude<
  Extract<Credential, { readonly clientId: string }>,
  { readonly refreshToken: string }
>;

export const isClient = (credential: Credential): credential is ClientCredential =>
  'clientId' in credential && !('refreshToken' in credential);

/** What a server may hold it against its clock for. */
const LASTS_SECONDS = 240;

/**
 * The form of client credentials (RFC 6749 section 4.4), with the secret or with an assertion that our key signed.
 *
 * @throws Error when the key is none
 * @see SMART App Launch 2.2.0, Backend Services: RS384 or ES384, at most five minutes
 */
export async function clientForm(
  credential: ClientCredential,
  { tokenUrl, scope }: { readonly tokenUrl: string; readonly scope: string },
  now: Now,
): Promise<URLSearchParams> {
  const { clientId } = credential;
  const asked = { grant_type: 'client_credentials', scope };
  if ('clientSecret' in credential) {
    const { clientSecret } = credential;
    return new URLSearchParams({ ...asked, client_id: clientId, client_secret: clientSecret });
  }
  const key = createPrivateKey(credential.privateKey);
  const alg = key.asymmetricKeyType === 'ec' ? 'ES384' : 'RS384';
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg, kid: credential.keyId, typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(tokenUrl)
    .setJti(randomUUID())
    .setExpirationTime(later(now(), LASTS_SECONDS))
    .sign(key);
  return new URLSearchParams({
    ...asked,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
}
