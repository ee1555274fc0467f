import * as z from 'zod';
import { later } from '../clock.ts';
import type { DirectAddress } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { certificateIn } from '../x509.ts';
import type { Cache, CacheKey } from './cache.ts';
import { DISCOVERY_STAGES, type Discovery } from './discovery.ts';
import type { StageAnswer } from './search.ts';

/** The form in which an answer is kept; what is kept in another is not there. */
const Kept = z.strictObject({
  version: z.literal(1),
  /** Absent: nothing is published. */
  discovery: z
    .strictObject({
      stage: z.enum(DISCOVERY_STAGES),
      certificates: z.array(z.base64().min(1)).min(1).max(1000),
    })
    .optional(),
});

/** While one of the certificates has run out, a new one may be published at any moment. */
const EXPIRED_SECONDS = 300;

/** Addresses have no case here, as what is asked about them has none. */
const keyOf = (address: DirectAddress): CacheKey => ({
  kind: 'discovery',
  name: address.toLowerCase(),
});

/**
 * What was found before and may still be believed. Undefined when nothing is known.
 *
 * @failure discover/no-certificate
 */
export async function knownAnswer(
  address: DirectAddress,
  cache: Cache | undefined,
): Promise<Outcome<Discovery> | undefined> {
  const bytes = await cache?.read(keyOf(address));
  const kept = bytes && read(bytes);
  if (!kept) return undefined;
  const { discovery } = kept;
  if (!discovery) return fail('discover/no-certificate');
  const certificates = discovery.certificates.map((text) =>
    Uint8Array.from(Buffer.from(text, 'base64')),
  );
  return done({ stage: discovery.stage, certificates });
}

function read(bytes: Uint8Array): z.infer<typeof Kept> | undefined {
  try {
    return Kept.safeParse(JSON.parse(Buffer.from(bytes).toString())).data;
  } catch {
    return undefined;
  }
}

/** Keeps what was found, or that nothing is published, as long as that may be believed. */
export async function keepAnswer(
  address: DirectAddress,
  { discovery, ttlSeconds }: StageAnswer,
  { cache, now }: { readonly cache?: Cache; readonly now: Date },
): Promise<void> {
  const certificates = discovery?.certificates ?? [];
  const seconds = Math.min(ttlSeconds, ...certificates.map((bytes) => lifeOf(bytes, now)));
  if (!cache || seconds <= 0) return;
  const kept: z.input<typeof Kept> = {
    version: 1,
    ...(discovery && {
      discovery: {
        stage: discovery.stage,
        certificates: certificates.map((bytes) => Buffer.from(bytes).toString('base64')),
      },
    }),
  };
  await cache.keep(keyOf(address), Buffer.from(JSON.stringify(kept)), later(now, seconds));
}

/** Seconds until the certificate runs out; what is none does not matter. */
function lifeOf(bytes: Uint8Array, now: Date): number {
  const certificate = certificateIn(bytes);
  if (!certificate) return Infinity;
  const seconds = (certificate.validToDate.getTime() - now.getTime()) / 1000;
  return seconds > 0 ? seconds : EXPIRED_SECONDS;
}
