import * as z from 'zod';
import type { Sha256 } from '../../ids.ts';
import { GivenLabels } from '../given-labels.ts';

/** A document that is going to be posted. What its ids must be, the record says, with its own codes. */
export const UploadBody = z.strictObject({
  patientId: z.string().max(128),
  documentId: z.string().max(128),
  type: z
    .string()
    .max(100)
    .meta({ description: 'The media type, as a PUT of the document has it.' }),
  sizeBytes: z.int().positive(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .transform((text) => text.toLowerCase() as Sha256)
    .meta({ description: 'Of the bytes, in hex.' }),
  labels: GivenLabels.optional().meta({ description: 'None of a CDA document.' }),
});

export type UploadBody = z.infer<typeof UploadBody>;
