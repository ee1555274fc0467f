import * as z from 'zod';
import { isAllSeen } from './characters.ts';
import { Address } from './settings-values.ts';

const Shown = (most: number) =>
  z.string().trim().min(1).max(most).refine(isAllSeen, 'characters that nobody sees');

/** One place of the data holder's own list. */
export const ListedPlace = z.strictObject({
  name: Shown(200),
  address: Address,
  /** Where it is, as people write it: street, town, state. */
  place: Shown(200).optional(),
  specialty: Shown(100).optional(),
  telephone: z
    .string()
    .regex(/^\+?[0-9][0-9 ().-]{2,30}$/, 'not a telephone number')
    .optional(),
});

export type ListedPlace = z.infer<typeof ListedPlace>;

/** A directory of places that speaks FHIR R4. */
const FhirDirectory = z.strictObject({
  /** Under which `Organization` and `PractitionerRole` are searched. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .refine((text) => !/[?#]/.test(text), 'without query and fragment'),
  /** For both searches together, with all their pages. */
  deadlineSeconds: z.number().positive().max(10).default(2),
});

/** Where patients look for a place to send to, beside the list that the data holder keeps in a file. */
export const Directory = z.strictObject({ fhir: FhirDirectory.optional() });
