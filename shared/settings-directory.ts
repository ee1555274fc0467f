import * as z from 'zod';

/** Where patients look for a place to send to. */
export const Directory = z.strictObject({});
