import * as z from 'zod';
import { PERSONAL_NAME } from '../characters.ts';
import { OnBehalfBody } from './on-behalf.ts';

export const ConsentBody = z.strictObject({
  decision: z.enum(['accepted', 'rejected', 'withdrawn']).meta({
    description:
      '`rejected` ends nothing that runs; `withdrawn` takes back what was accepted, and ends all that runs.',
  }),
  text: z
    .strictObject({
      language: z.string().max(35),
      version: z.string().max(35),
      sha256: z.string().max(64),
    })
    .meta({
      description:
        'The text that was on the screen: which one, and its hash as it was published. Whoever withdraws names the text that was accepted.',
    }),
  onBehalf: OnBehalfBody.optional().meta({ description: 'Of a provider, and of nobody else.' }),
  signatureName: z.string().max(200).regex(PERSONAL_NAME).optional(),
});
