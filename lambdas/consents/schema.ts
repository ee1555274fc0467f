import * as z from 'zod';
import { PERSONAL_NAME } from '../../shared/characters.ts';

export const ConsentBody = z.strictObject({
  decision: z.enum(['accepted', 'rejected']),
  /** The text that was on the screen: which one, and its hash as it was published. */
  text: z.strictObject({
    language: z.string().max(35),
    version: z.string().max(35),
    sha256: z.string().max(64),
  }),
  onBehalf: z
    .strictObject({
      method: z.enum(['oral', 'written', 'portal']),
      identityCheck: z.enum(['known', 'id-document', 'credential']),
    })
    .optional(),
  signatureName: z.string().max(200).regex(PERSONAL_NAME).optional(),
});
