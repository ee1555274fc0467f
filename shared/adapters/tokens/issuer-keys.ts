import { createPublicKey } from 'node:crypto';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { Now } from '../../clock.ts';
import { smallJson } from './small-json.ts';

const CONFIGURATION_BYTES = 64 * 1024;
const KEYS_BYTES = 256 * 1024;
const MOST_KEYS = 100;

/** How long keys are used without a question. A key that its issuer withdraws signs for no longer. */
const FRESH_MS = 600_000;
/**
 * How long they are used when the issuer does not answer: as long as an access token usually lives, so that whoever had one
 * before the outage is not put out by it, and whoever steals a key does not gain more by an outage than that.
 */
const KEPT_MS = 3_600_000;
/** How soon the issuer is asked again for a key that nobody knows, or after it did not answer. */
const REST_MS = 30_000;
/** How soon, when there are no keys to go on with. */
const LOST_REST_MS = 2000;

const Configuration = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Numbers of a key in base64url; 8192 bits take 1366 characters. */
const Number64 = z.string().regex(/^[\w-]{1,1366}$/);
const LEAST_RSA_BITS = 2048;
const common = {
  kid: z.string().max(500).optional(),
  alg: z.string().max(20).optional(),
  use: z.literal('sig').optional(),
  key_ops: z.array(z.string()).max(10).optional(),
};
/** Keys that may sign for us; a shared secret is none. */
const Key = z.union([
  z.object({ kty: z.literal('RSA'), n: Number64, e: Number64, ...common }),
  z.object({
    kty: z.literal('EC'),
    crv: z.enum(['P-256', 'P-384']),
    x: Number64,
    y: Number64,
    ...common,
  }),
]);
const Keys = z.object({ keys: z.array(z.unknown()).max(MOST_KEYS) });

/** The public keys of one issuer. */
export interface IssuerKeys {
  /** @throws Error when there are none that may be used, and none to be had */
  current(): Promise<JWTVerifyGetKey>;
  /** Newer ones than those, unless they were asked for a moment ago. @throws Error when the issuer does not answer */
  newer(): Promise<JWTVerifyGetKey | undefined>;
}

/** Finds the keys of an issuer by OpenID discovery, and keeps them. */
export function issuerKeys(issuer: string, now: Now): IssuerKeys {
  let held: { readonly keys: JWTVerifyGetKey; readonly at: number } | undefined;
  let lostAt: number | undefined;
  let asking: Promise<JWTVerifyGetKey> | undefined;

  const ask = (): Promise<JWTVerifyGetKey> => {
    asking ??= discover(issuer)
      .then((keys) => {
        held = { keys, at: now().getTime() };
        lostAt = undefined;
        return keys;
      })
      .catch((error: unknown) => {
        lostAt = now().getTime();
        throw error;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  const isWithin = (at: number | undefined, spanMs: number): boolean =>
    at !== undefined && now().getTime() - at < spanMs;

  return {
    async current() {
      const usable = held && isWithin(held.at, KEPT_MS) ? held : undefined;
      if (!usable) {
        if (isWithin(lostAt, LOST_REST_MS)) throw new Error('The issuer did not answer just now');
        return ask();
      }
      if (isWithin(usable.at, FRESH_MS) || isWithin(lostAt, REST_MS)) return usable.keys;
      return ask().catch(() => usable.keys);
    },
    async newer() {
      return isWithin(held?.at, REST_MS) || isWithin(lostAt, REST_MS) ? undefined : ask();
    },
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const configuration = Configuration.parse(await smallJson(url, CONFIGURATION_BYTES));
  if (configuration.issuer !== issuer) throw new Error('The issuer names itself otherwise');
  const at = new URL(configuration.jwks_uri);
  const isSafe = at.protocol === 'https:' || at.origin === new URL(issuer).origin;
  if (!isSafe)
    throw new Error('The issuer has its keys where anybody on the way could change them');
  const { keys } = Keys.parse(await smallJson(at.href, KEYS_BYTES));
  const usable = keys.flatMap((key) => Key.safeParse(key).data ?? []).filter(isUsable);
  return createLocalJWKSet({ keys: usable } as JSONWebKeySet);
}

/** One that is short, or no key at all, would break on each token that names it, where such a token is nobody's. */
function isUsable(key: z.infer<typeof Key>): boolean {
  try {
    const read = createPublicKey({ key, format: 'jwk' });
    return (read.asymmetricKeyDetails?.modulusLength ?? LEAST_RSA_BITS) >= LEAST_RSA_BITS;
  } catch {
    return false;
  }
}
