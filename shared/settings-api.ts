import * as z from 'zod';
import { KINDS } from './kinds.ts';

const PerMinute = z.int().min(1).max(100_000);

/** A person at a screen; a practice behind one login; a system that tells of everything that happens. */
const DEFAULTS = { patient: 120, representative: 120, provider: 600, system: 6000, admin: 600 };

/** How much of the HTTP API one caller may take. */
export const Api = z.strictObject({
  /** By the role in which the caller speaks. */
  requestsPerMinute: z
    .strictObject(
      Object.fromEntries(KINDS.map((kind) => [kind, PerMinute.default(DEFAULTS[kind])])) as Record<
        (typeof KINDS)[number],
        z.ZodDefault<typeof PerMinute>
      >,
    )
    .prefault({}),
  /**
   * Of routes that cost more than others, by method and path as the table of routes has them: each is counted by
   * itself, and by nothing else. One that is checked asks servers of strangers, and tells who has a certificate.
   */
  routes: z
    .record(z.string().regex(/^[A-Z]+ \/v1\/\S+$/, 'for example POST /v1/events'), PerMinute)
    .default({ 'POST /v1/direct-addresses/check': 30 }),
});

export type ApiSettings = z.infer<typeof Api>;
