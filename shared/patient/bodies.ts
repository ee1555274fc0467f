import * as z from 'zod';
import { PERSONAL_NAME, PRINTABLE } from '../characters.ts';
import { isSystem, normalIdentifiers } from './identifier.ts';

const name = z.string().min(1).max(200).regex(PERSONAL_NAME);

const IdentifierBody = z.strictObject({
  system: z.string().max(200).refine(isSystem),
  value: z.string().trim().min(1).max(200).regex(PRINTABLE),
});

export const PatientBody = z.strictObject({
  identifiers: z.array(IdentifierBody).min(1).max(20).transform(normalIdentifiers),
  name: z.strictObject({ family: name, given: z.array(name).max(10) }),
  birthDate: z.iso.date(),
  sex: z.enum(['female', 'male', 'other', 'unknown']),
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/),
  deceased: z.boolean().optional(),
  /** The day, or the time with its zone. */
  deceasedAt: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
});

export type PatientBody = z.infer<typeof PatientBody>;

/** The registration that is given up; the one that stays is named in the path. */
export const MergeBody = z.strictObject({ from: z.string().min(1).max(200) });

export type MergeBody = z.infer<typeof MergeBody>;
