import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { jwtVerify } from 'jose';

/** What the server says to one request: a resource of FHIR, bytes of another type, or whatever the test writes. */
export type Said =
  | object
  | { readonly type: string; readonly bytes: Uint8Array }
  | ((response: ServerResponse) => void);

export interface FhirTestServer {
  /** Base, without a slash in the end. */
  readonly url: string;
  readonly tokenUrl: string;
  /** What was asked of it, in order: path and query behind the base, decoded. */
  readonly asked: string[];
  /** Tokens that were given out. */
  readonly tokens: () => number;
  /** No token that was given out counts any more. */
  readonly revokeTokens: () => void;
  /** What it has, by path and query behind the base, decoded; and what everything else is answered with is 404. */
  readonly has: (what: string, said: Said) => void;
  readonly close: () => Promise<void>;
}

/** Who may have a token. */
export interface FhirClient {
  readonly clientId: string;
  readonly clientSecret?: string;
  /** PEM. */
  readonly publicKey?: string;
}

const BASE = '/fhir/r4';

/** A FHIR R4 server with the token endpoint that guards it, over TLS on this machine. */
export async function startFhirServer(
  tls: { readonly key: string; readonly cert: string },
  client: FhirClient,
): Promise<FhirTestServer> {
  const shown = new Map<string, Said>();
  const asked: string[] = [];
  let [given, valid] = [0, 1];
  const isAllowed = ({ headers }: IncomingMessage): boolean => {
    const token = Number(/^Bearer token-(\d+)$/.exec(headers.authorization ?? '')?.[1] ?? 0);
    return token >= valid && token <= given;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://server');
    if (url.pathname === '/token') {
      const form = new URLSearchParams(await text(request));
      const isOurs = await isClient(form, client, `https://${request.headers.host}/token`);
      if (!isOurs) return void response.writeHead(401).end();
      given += 1;
      return json(response, {
        access_token: `token-${given}`,
        token_type: 'bearer',
        expires_in: 300,
      });
    }
    const what =
      url.pathname.slice(BASE.length) + decodeURIComponent(url.search.replaceAll('+', ' '));
    asked.push(what);
    if (!isAllowed(request)) return void response.writeHead(401).end();
    const said = shown.get(what);
    if (said === undefined) return void response.writeHead(404).end();
    if (typeof said === 'function') return said(response);
    if ('bytes' in said) {
      return void response.writeHead(200, { 'content-type': said.type }).end(said.bytes);
    }
    json(response, said, 'application/fhir+json; fhirVersion=4.0');
  }

  const server = createServer(tls, (request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}${BASE}`,
    tokenUrl: `${origin}/token`,
    asked,
    tokens: () => given,
    revokeTokens: () => void (valid = given + 1),
    has: (what, said) => void shown.set(what, said),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const json = (response: ServerResponse, body: object, type = 'application/json'): void =>
  void response.writeHead(200, { 'content-type': type }).end(JSON.stringify(body));

/** RFC 6749 section 4.4, with a secret or with an assertion (RFC 7523). */
async function isClient(
  form: URLSearchParams,
  { clientId, clientSecret, publicKey }: FhirClient,
  audience: string,
): Promise<boolean> {
  if (form.get('grant_type') !== 'client_credentials' || !form.get('scope')) return false;
  if (publicKey === undefined) {
    return form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
  }
  const checks = { audience, issuer: clientId, subject: clientId, algorithms: ['ES384', 'RS384'] };
  const assertion = form.get('client_assertion') ?? '';
  return jwtVerify(assertion, createPublicKey(publicKey), checks).then(
    ({ protectedHeader }) => protectedHeader.kid === 'key-1',
    () => false,
  );
}
