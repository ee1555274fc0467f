import { errorNameOf } from '../../log.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { CredentialsFor } from '../relay-secret.ts';
import type { AccessTokens } from './access-tokens.ts';

export interface Login {
  readonly user: string;
  /** The password, or the token. */
  readonly secret: string;
  readonly isToken: boolean;
  /** Whether a fresh one could be fetched if this is refused. */
  readonly isRenewable: boolean;
}

/** What is shown to one server. */
export interface Shown {
  readonly login?: Login;
  /** PEM, for mutual TLS. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

/**
 * What the secret has for a server: a password or a token, a certificate, both, or nothing.
 *
 * @failure deliver/not-authorized, deliver/unreachable: the secret, or who gives tokens, did not give
 */
export async function shownTo(
  host: string,
  credentials: CredentialsFor,
  tokens: AccessTokens,
): Promise<Outcome<Shown>> {
  const found = await credentials(host).catch((error: unknown) => errorNameOf(error));
  if (typeof found === 'string') return fail('deliver/not-authorized', `SECRET ${found}`);
  const pem = found.find((each) => 'certificate' in each);
  const certificate = pem && { cert: pem.certificate, key: pem.privateKey };
  const account = found.find((each) => 'user' in each);
  const login = account && (await loginOf(account, tokens));
  if (login && !login.ok) return login;
  return done({ ...(certificate && { certificate }), ...(login && { login: login.value }) });
}

/** Whether the secret has nothing for a server. That it cannot be read, `shownTo` says. */
export const hasNothingFor = async (host: string, credentials: CredentialsFor): Promise<boolean> =>
  (await credentials(host).catch(() => undefined))?.length === 0;

type Account = Extract<Awaited<ReturnType<CredentialsFor>>[number], { user: string }>;

async function loginOf(account: Account, tokens: AccessTokens): Promise<Outcome<Login>> {
  const { user } = account;
  if ('password' in account)
    return done({ user, secret: account.password, isToken: false, isRenewable: false });
  if ('accessToken' in account) {
    return done({ user, secret: account.accessToken, isToken: true, isRenewable: false });
  }
  const token = await tokens.tokenFor(account);
  if (!token.ok) return token;
  const { text, isKept } = token.value;
  return done({ user, secret: text, isToken: true, isRenewable: isKept });
}
