import * as z from 'zod';

/** Who may act for a patient, and for how long. */
export const Authority = z.strictObject({});
