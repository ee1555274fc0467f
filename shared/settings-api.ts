import * as z from 'zod';

/** How much of the HTTP API one caller may take. */
export const Api = z.strictObject({});
