import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { SAMPLE_PATIENTS } from '../sample/record.ts';
import { loginPage } from './login-page.ts';
import { claimsOf, tokenRequestOf, type TokenRequest } from './token-request.ts';
import { poolClaimsOf, type UserPool } from './user-pool.ts';

export interface Issuer {
  /** Of the issuer, as it stands in its tokens. */
  readonly url: string;
  readonly audience: string;
  token(request: TokenRequest): Promise<string>;
  /** From now on its tokens are those of this user pool, where there is one. */
  standFor(pool: UserPool | undefined): void;
  close(): Promise<void>;
}

/** What the tokens are for, unless said. */
export const LOCAL_AUDIENCE = 'direct-transmit';

/**
 * Starts an issuer of access tokens on loopback, for a laptop: whoever can reach it gets any token. It stands for the
 * portal's and the EHR's own issuer, shows a page on which to choose who one is, speaks OpenID discovery, and signs with a key that is made here and never stored.
 */
export async function startIssuer({
  port = 0,
  audience = LOCAL_AUDIENCE,
}: { readonly port?: number; readonly audience?: string } = {}): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'local', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    void answer(request, response, { url: urlOf(), jwk, token });
  });
  const urlOf = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let pool: UserPool | undefined;
  const token = async (request: TokenRequest): Promise<string> => {
    const claims = pool
      ? await poolClaimsOf(request, pool)
      : { ...claimsOf(request), aud: audience };
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: jwk.kid, ...(!pool && { typ: 'at+jwt' }) })
      .setIssuer(urlOf())
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + (request.validSeconds ?? 3600))
      .sign(privateKey);
  };

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: urlOf(),
    audience,
    token,
    standFor: (given) => {
      pool = given;
    },
    close: () => closed(server),
  };
}

/** No page may be put in a frame, run a script, or send what is typed into it elsewhere. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
};

interface Answering {
  readonly url: string;
  readonly jwk: JWK;
  readonly token: Issuer['token'];
}

/** A page, or an object for a program. */
type Reply = readonly [status: number, body: string | object];

async function replyTo(request: IncomingMessage, answering: Answering): Promise<Reply> {
  const { url, jwk } = answering;
  switch (`${request.method} ${request.url}`) {
    case 'GET /':
      return [200, loginPage(SAMPLE_PATIENTS)];
    case 'GET /.well-known/openid-configuration':
      return [200, { issuer: url, jwks_uri: `${url}/jwks.json`, token_endpoint: `${url}/token` }];
    case 'GET /jwks.json':
      return [200, { keys: [jwk] }];
    case 'POST /':
    case 'POST /token':
      return giveToken(request, answering);
    default:
      return [404, { error: 'not_found' }];
  }
}

async function giveToken(request: IncomingMessage, { token: issue }: Answering): Promise<Reply> {
  const user = tokenRequestOf(new URLSearchParams(await text(request)));
  if (user === undefined) return [400, { error: 'invalid_request' }];
  const token = await issue(user);
  return request.url === '/'
    ? [200, loginPage(SAMPLE_PATIENTS, { user, token })]
    : [200, { access_token: token, token_type: 'Bearer', expires_in: 3600 }];
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  answering: Answering,
): Promise<void> {
  const [status, body] = await replyTo(request, answering).catch((): Reply => [
    500,
    { error: 'server_error' },
  ]);
  const isPage = typeof body === 'string';
  const type = isPage ? 'text/html; charset=utf-8' : 'application/json';
  response.writeHead(status, { ...HEADERS, 'content-type': type });
  response.end(isPage ? body : JSON.stringify(body));
}

const closed = (server: ReturnType<typeof createServer>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
