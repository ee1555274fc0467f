import * as z from 'zod';

/** What an operator found out about an uncertain copy, and the uncertain attempt that its timeline showed him. */
export const ResolveBody = z.strictObject({
  as: z.enum(['sent', 'not-sent']),
  attempt: z.int().min(1).max(10_000),
});

export type ResolveBody = z.infer<typeof ResolveBody>;
