import { NoSuchKey } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { isFailureCode } from '../failures.ts';
import type { Sha256 } from '../ids.ts';
import type { Settings } from '../settings.ts';
import { anchorsOnceInAWhile } from '../trust/bundle/all-anchors.ts';
import type { AnchorStore } from '../trust/bundle/anchor-store.ts';
import type { Certificate } from '../trust/certificate.ts';
import { s3Bytes } from './s3-bytes.ts';

const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((text) => text as Sha256);
const Instant = z.iso.datetime().transform((text) => new Date(text));

const VERSION = 1;
/** Another version is not read: its bundle is fetched again. */
const versioned = <T extends z.ZodType>(kept: T) =>
  z.strictObject({ version: z.literal(VERSION), kept });

const Anchors = versioned(
  z.strictObject({
    source: Digest,
    digest: Digest,
    /** DER in base64. */
    anchors: z.array(z.base64().transform((text) => Buffer.from(text, 'base64'))),
  }),
);

const State = versioned(
  z.strictObject({
    attemptedAt: Instant,
    succeededAt: Instant.exactOptional(),
    failure: z.string().refine(isFailureCode).exactOptional(),
  }),
);

/**
 * A bucket as a store of anchors: two objects for a bundle, its anchors and how its refreshing stands. An object is
 * replaced as a whole, so nobody ever reads half of one. Whoever reads has to be allowed to list the bucket, or S3 does
 * not say of an object that it is not there.
 */
export function s3Anchors(bucket: string): AnchorStore {
  const objects = s3Bytes(bucket);
  const put = (key: string, kept: object): Promise<void> =>
    objects.put(key, Buffer.from(JSON.stringify({ version: VERSION, kept })));
  const get = async (key: string): Promise<unknown> => {
    try {
      return parsed(await objects.get(key));
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  return {
    read: async (name) => Anchors.safeParse(await get(anchorsKey(name))).data?.kept,
    swap: (name, bundle) =>
      put(anchorsKey(name), { ...bundle, anchors: bundle.anchors.map(base64) }),
    state: async (name) => State.safeParse(await get(stateKey(name))).data?.kept,
    note: (name, state) => put(stateKey(name), state),
  };
}

const anchorsKey = (name: string): string => `bundles/${name}/anchors.json`;
const stateKey = (name: string): string => `bundles/${name}/state.json`;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}

/** What a function that trusts goes by: the anchors of the settings and of the bundles in the bucket, some minutes old at most. */
export const anchorsFrom = (
  bucket: string,
  settings: Pick<Settings, 'anchors' | 'bundles' | 'trust'>,
): (() => Promise<readonly Certificate[]>) =>
  anchorsOnceInAWhile(settings, s3Anchors(bucket), () => new Date());
