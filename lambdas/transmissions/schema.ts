import * as z from 'zod';

/** What an operator found out about an uncertain copy. */
export const ResolveBody = z.strictObject({ as: z.enum(['sent', 'not-sent']) });

export type ResolveBody = z.infer<typeof ResolveBody>;
