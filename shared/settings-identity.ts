import * as z from 'zod';

/** How callers are known. */
export const Identity = z.strictObject({});
