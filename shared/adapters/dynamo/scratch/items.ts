import * as z from 'zod';

const Bytes = z.instanceof(Uint8Array);

/** What an entry is: whole, or the name of the writing whose parts it is made of. */
const Head = z.object({
  schema: z.literal(1),
  expiresAtSeconds: z.int().positive(),
  /** SHA-256 of the whole. */
  hash: Bytes,
  bytes: Bytes.optional(),
  writing: z.string().default(''),
});

const Part = z.object({ schema: z.literal(1), bytes: Bytes });

export interface Head {
  readonly until: Date;
  readonly hash: Uint8Array;
  readonly bytes?: Uint8Array;
  readonly writing: string;
}

/** Undefined when it is none that this code can read: the cache then is empty there, and what was kept is found out anew. */
export function readHead(item: unknown): Head | undefined {
  const { data } = Head.safeParse(item);
  if (!data) return undefined;
  const { expiresAtSeconds, hash, bytes, writing } = data;
  const until = new Date(expiresAtSeconds * 1000);
  return { until, hash, writing, ...(bytes && { bytes }) };
}

/** Nothing when it cannot be read; the hash of the whole will not agree then. */
export const readPart = (item: unknown): Uint8Array =>
  Part.safeParse(item).data?.bytes ?? new Uint8Array(0);
