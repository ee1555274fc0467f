import * as z from 'zod';

/** Where the current record lies. */
export const RecordSource = z.strictObject({});
