import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { ROUTES } from '../../../lambdas/routes.ts';

export type TokenKind = 'patient' | 'representative' | 'provider' | 'system';

export interface TokenRequest {
  readonly kind: TokenKind;
  /** The data holder's id of the patient; needed by patients and representatives. */
  readonly patient?: string;
  readonly subject?: string;
  /** All that the kind may have, unless said. */
  readonly scopes?: readonly string[];
  /** Negative for one that has expired. */
  readonly validSeconds?: number;
}

export interface Issuer {
  /** Of the issuer, as it stands in its tokens. */
  readonly url: string;
  readonly audience: string;
  token(request: TokenRequest): Promise<string>;
  close(): Promise<void>;
}

/** What the tokens are for, unless said. */
export const LOCAL_AUDIENCE = 'direct-transmit';

/** Every scope of every route that the kind may call. */
export const scopesOf = (kind: TokenKind): readonly string[] => [
  ...new Set(
    ROUTES.filter(({ kinds }) => (kinds as readonly string[]).includes(kind)).flatMap(
      ({ scopes }) => [...scopes],
    ),
  ),
];

/**
 * Starts an issuer of access tokens on loopback, for a laptop: whoever can reach it gets any token. It stands for the
 * portal's and the EHR's own issuer, speaks OpenID discovery, and signs with a key that is made here and never stored.
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
  const token = (request: TokenRequest): Promise<string> =>
    new SignJWT({ ...claimsOf(request) })
      .setProtectedHeader({ alg: 'RS256', kid: jwk.kid, typ: 'at+jwt' })
      .setIssuer(urlOf())
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + (request.validSeconds ?? 3600))
      .sign(privateKey);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return { url: urlOf(), audience, token, close: () => closed(server) };
}

/** Claims as SMART App Launch and RFC 9068 issuers write them. */
function claimsOf({ kind, patient, subject, scopes }: TokenRequest): Record<string, unknown> {
  const sub = subject ?? `local-${kind}${patient === undefined ? '' : `-${patient}`}`;
  const common = { sub, scope: (scopes ?? scopesOf(kind)).join(' ') };
  const bound = patient === undefined ? {} : { patient };
  switch (kind) {
    case 'patient':
      return { ...common, ...bound };
    case 'representative':
      return { ...common, ...bound, fhirUser: `RelatedPerson/${sub}` };
    case 'provider':
      return { ...common, ...bound, fhirUser: `Practitioner/${sub}` };
    case 'system':
      return { ...common, client_id: sub };
  }
}

interface Answering {
  readonly url: string;
  readonly jwk: JWK;
  readonly token: Issuer['token'];
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { url, jwk, token }: Answering,
): Promise<void> {
  const say = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  try {
    switch (`${request.method} ${request.url}`) {
      case 'GET /.well-known/openid-configuration':
        return say(200, {
          issuer: url,
          jwks_uri: `${url}/jwks.json`,
          token_endpoint: `${url}/token`,
        });
      case 'GET /jwks.json':
        return say(200, { keys: [jwk] });
      case 'POST /token': {
        const asked = tokenRequestOf(new URLSearchParams(await text(request)));
        if (asked === undefined) return say(400, { error: 'invalid_request' });
        return say(200, {
          access_token: await token(asked),
          token_type: 'Bearer',
          expires_in: 3600,
        });
      }
      default:
        return say(404, { error: 'not_found' });
    }
  } catch {
    if (!response.headersSent) say(500, { error: 'server_error' });
  }
}

const KINDS: readonly TokenKind[] = ['patient', 'representative', 'provider', 'system'];

/** The form: `kind`, `patient` (needed by patients and representatives), and if wanted `subject` and `scope`. */
function tokenRequestOf(form: URLSearchParams): TokenRequest | undefined {
  const kind = KINDS.find((each) => each === form.get('kind'));
  const patient = form.get('patient') ?? '';
  const subject = form.get('subject') ?? '';
  const scope = form.get('scope');
  if (kind === undefined) return undefined;
  if (patient === '' && (kind === 'patient' || kind === 'representative')) return undefined;
  return {
    kind,
    ...(patient === '' ? {} : { patient }),
    ...(subject === '' ? {} : { subject }),
    ...(scope === null ? {} : { scopes: scope.split(' ').filter((each) => each !== '') }),
  };
}

const closed = (server: ReturnType<typeof createServer>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
