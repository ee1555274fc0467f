import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';

export type Algorithm = 'RS256' | 'ES256' | 'ES384' | 'PS256';

/** A key pair of an issuer. */
export interface SigningKeys {
  readonly jwk: JWK;
  readonly publicPem: string;
  sign(claims: Readonly<Record<string, unknown>>, header?: object): Promise<string>;
}

export async function signingKeys(
  algorithm: Algorithm,
  {
    kid = 'k',
    modulusLength = 2048,
    jwk: more = {},
  }: {
    readonly kid?: string;
    readonly modulusLength?: number;
    readonly jwk?: object;
  } = {},
): Promise<SigningKeys> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, {
    extractable: true,
    modulusLength,
  });
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', ...more },
    publicPem: await exportSPKI(publicKey),
    sign: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm, kid, typ: 'at+jwt', ...header })
        .sign(privateKey),
  };
}

/** An issuer whose every word a test chooses. */
export interface TokenIssuer {
  readonly url: string;
  /** What it answers about itself, and its keys; a test may change either, or put a text in its place. */
  readonly says: { about: object | string; keys: object | string };
  /** How often it was asked for its keys. */
  asked(): number;
  close(): Promise<void>;
}

export async function startTokenIssuer(...keys: readonly SigningKeys[]): Promise<TokenIssuer> {
  let asked = 0;
  const server: Server = createServer((request, response) => {
    const isKeys = request.url === '/jwks';
    if (isKeys) asked++;
    const said = isKeys ? says.keys : says.about;
    if (said === 'silence') return;
    if (typeof said === 'string' && said.startsWith('to ')) {
      response.writeHead(302, { location: said.slice(3) });
    }
    response.end(typeof said === 'string' ? said : JSON.stringify(said));
  });
  // A test that fails before it closes this must not keep the run alive.
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const says: TokenIssuer['says'] = {
    about: { issuer: url, jwks_uri: `${url}/jwks` },
    keys: { keys: keys.map(({ jwk }) => jwk) },
  };
  return {
    url,
    says,
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
