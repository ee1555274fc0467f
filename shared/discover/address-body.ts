import * as z from 'zod';

export const AddressBody = z.strictObject({ address: z.string().max(1000) });

export type AddressBody = z.infer<typeof AddressBody>;
