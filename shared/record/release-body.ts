import * as z from 'zod';
import type { Sha256 } from '../ids.ts';

/** Which version was looked at: another may have come since. */
export const ReleaseBody = z.strictObject({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .transform((text) => text.toLowerCase() as Sha256),
});

export type ReleaseBody = z.infer<typeof ReleaseBody>;
