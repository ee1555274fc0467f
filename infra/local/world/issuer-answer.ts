import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JWK } from 'jose';
import { SAMPLE_PATIENTS } from '../sample/record.ts';
import type { Issuer } from './issuer.ts';
import { loginPage } from './login-page.ts';
import { isLoopback } from './sign-in/asked.ts';
import { askWho, type Authorized, signIn } from './sign-in/authorize.ts';
import type { Granted, Grants } from './sign-in/grants.ts';
import { tokenRequestOf } from './token-request.ts';

/** What an issuer answers with. */
export interface Answering {
  readonly url: string;
  readonly jwk: JWK;
  readonly token: Issuer['token'];
  readonly grants: Grants;
}

/** A page, or an object for a program; or where to go. */
type Reply =
  Authorized | { readonly kind: 'object'; readonly status: number; readonly body: object };

const object = (status: number, body: object): Reply => ({ kind: 'object', status, body });
const page = (html: string): Reply => ({ kind: 'page', status: 200, html });

export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  answering: Answering,
): Promise<void> {
  const reply = await replyTo(request, answering).catch(() =>
    object(500, { error: 'server_error' }),
  );
  const headers = { ...HEADERS, ...readableFrom(request.headers.origin) };
  switch (reply.kind) {
    case 'go':
      response.writeHead(303, { ...headers, location: reply.url }).end();
      break;
    case 'page':
      response.writeHead(reply.status, {
        ...headers,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy(...(reply.to === undefined ? [] : [reply.to])),
      });
      response.end(reply.html);
      break;
    case 'object':
      response.writeHead(reply.status, { ...headers, 'content-type': 'application/json' });
      response.end(JSON.stringify(reply.body));
  }
}

/** No page may be put in a frame, run a script, or send what is typed into it elsewhere than it was asked to. */
const policy = (...to: readonly string[]): string =>
  `default-src 'none'; style-src 'unsafe-inline'; form-action ${["'self'", ...to].join(' ')}; frame-ancestors 'none'`;

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': policy(),
  'referrer-policy': 'no-referrer',
};

/** Pages of this machine may read what is answered; other sites, which a browser here may show too, may not. */
const readableFrom = (origin = ''): Readonly<Record<string, string>> =>
  isLoopback(origin)
    ? { 'access-control-allow-origin': origin, vary: 'origin' }
    : { vary: 'origin' };

async function replyTo(request: IncomingMessage, answering: Answering): Promise<Reply> {
  const { url, jwk, grants } = answering;
  // A site whose name leads to this machine after a while would else be of one origin with us, and read any token.
  if (!isLoopback(`http://${request.headers.host}`)) return object(421, { error: 'not_here' });
  const { pathname, searchParams } = new URL(request.url ?? '/', url);
  switch (`${request.method} ${pathname}`) {
    case 'GET /':
      return page(loginPage(SAMPLE_PATIENTS));
    case 'GET /authorize':
      return askWho(searchParams);
    case 'POST /authorize':
      return signIn(await formOf(request), grants, url);
    case 'GET /.well-known/openid-configuration':
      return object(200, discovery(url));
    case 'GET /jwks.json':
      return object(200, { keys: [jwk] });
    case 'POST /':
      return tokenOnPage(await formOf(request), answering);
    case 'POST /token':
      return giveToken(await formOf(request), answering);
    default:
      return object(404, { error: 'not_found' });
  }
}

const formOf = async (request: IncomingMessage): Promise<URLSearchParams> =>
  new URLSearchParams(await text(request));

const discovery = (url: string): object => ({
  issuer: url,
  jwks_uri: `${url}/jwks.json`,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  authorization_response_iss_parameter_supported: true,
});

async function tokenOnPage(form: URLSearchParams, { token: issue }: Answering): Promise<Reply> {
  const user = tokenRequestOf(form);
  if (user === undefined) return object(400, { error: 'invalid_request' });
  return page(loginPage(SAMPLE_PATIENTS, { user, token: await issue(user) }));
}

/** By what a sign-in gave, or to whoever says who it is. */
async function giveToken(form: URLSearchParams, answering: Answering): Promise<Reply> {
  const { grants, token: issue } = answering;
  if (form.has('grant_type')) {
    const granted = grants.take(form);
    return granted ? tokensFor(granted, answering) : object(400, { error: 'invalid_grant' });
  }
  const user = tokenRequestOf(form);
  if (user === undefined) return object(400, { error: 'invalid_request' });
  return object(200, {
    access_token: await issue(user),
    token_type: 'Bearer',
    expires_in: 3600,
  });
}

/** With `patient` beside it where it is one, as SMART App Launch has it. */
async function tokensFor(
  { user, refresh }: Granted,
  { grants, token: issue }: Answering,
): Promise<Reply> {
  const validSeconds = grants.rules.tokensLastSeconds ?? 3600;
  const { patient = '' } = user;
  return object(200, {
    access_token: await issue({ ...user, validSeconds }),
    token_type: 'Bearer',
    expires_in: validSeconds,
    ...(refresh !== undefined && { refresh_token: refresh }),
    ...(patient !== '' && !patient.includes(' ') && { patient }),
  });
}
