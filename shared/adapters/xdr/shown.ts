import type { Credential, CredentialsFor } from '../relay-secret.ts';

/** What a server is shown of us: a certificate, a name with its password, or a token; all that there is of these. */
export interface Shown {
  /** PEM, as is the key. */
  readonly cert?: string;
  readonly key?: string;
  readonly authorization?: string;
}

/** @param host as it stands in the URL */
export async function shownTo(host: string, credentials?: CredentialsFor): Promise<Shown> {
  const all = credentials ? await credentials(host) : [];
  return Object.assign({}, ...all.map(shownBy));
}

function shownBy(credential: Credential): Shown {
  if ('certificate' in credential) {
    return { cert: credential.certificate, key: credential.privateKey };
  }
  if ('accessToken' in credential) return { authorization: `Bearer ${credential.accessToken}` };
  if ('password' in credential) {
    const pair = Buffer.from(`${credential.user}:${credential.password}`).toString('base64');
    return { authorization: `Basic ${pair}` };
  }
  return {};
}
