import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { answer } from './issuer-answer.ts';
import { type GrantRules, Grants } from './sign-in/grants.ts';
import { claimsOf, type TokenRequest } from './token-request.ts';
import { poolClaimsOf, type UserPool } from './user-pool.ts';

export interface Issuer {
  /** Of the issuer, as it stands in its tokens. */
  readonly url: string;
  readonly audience: string;
  token(request: TokenRequest): Promise<string>;
  /** From now on its tokens are those of this user pool, where there is one. */
  standFor(pool: UserPool | undefined): void;
  /** From now on sign-ins are given what these say. */
  grantBy(rules: GrantRules): void;
  close(): Promise<void>;
}

/** What the tokens are for, unless said. */
export const LOCAL_AUDIENCE = 'direct-transmit';

/**
 * Starts an issuer of access tokens on loopback, for a laptop: whoever can reach it gets any token. It stands for the
 * portal's and the EHR's own issuer, shows a page on which to choose who one is, signs sample users in by authorization code
 * for pages of this machine, speaks OpenID discovery, and signs with a key that is made here and never stored.
 */
export async function startIssuer({
  port = 0,
  audience = LOCAL_AUDIENCE,
}: { readonly port?: number; readonly audience?: string } = {}): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'local', alg: 'RS256', use: 'sig' };
  const grants = new Grants();
  const server = createServer((request, response) => {
    void answer(request, response, { url: urlOf(), jwk, token, grants });
  });
  const urlOf = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let pool: UserPool | undefined;
  const token = async (request: TokenRequest): Promise<string> => {
    const claims = pool
      ? await poolClaimsOf(request, pool)
      : { ...claimsOf(request), aud: audience };
    return new SignJWT({ ...claims, jti: randomUUID() })
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
    grantBy: (rules) => {
      grants.rules = rules;
    },
    close: () => closed(server),
  };
}

const closed = (server: ReturnType<typeof createServer>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
