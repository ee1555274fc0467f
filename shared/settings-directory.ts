import * as z from 'zod';
import { isAllSeen } from './characters.ts';
import { Address, PEM_CERTIFICATE } from './settings-values.ts';

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
  /** For a token and both searches together, with all their pages. */
  deadlineSeconds: z.number().positive().max(10).default(2),
  /** Where a token for it is had (client credentials); who we are there, the relay secret says, by its host. */
  token: z
    .strictObject({
      tokenUrl: z.url({ protocol: /^https$/ }).max(500),
      scope: z
        .string()
        .regex(
          /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/,
          'scopes with blanks between',
        )
        .max(500)
        .default('system/Organization.rs system/PractitionerRole.rs system/Endpoint.rs'),
    })
    .optional(),
  /** PEM certificates of authorities that both have their own from, beside those that everybody believes. */
  authorities: z.array(z.string().includes(PEM_CERTIFICATE)).max(20).default([]),
});

/** Where patients look for a place to send to, beside the list that the data holder keeps in a file. */
export const Directory = z.strictObject({ fhir: FhirDirectory.optional() });

export type FhirDirectorySettings = z.infer<typeof FhirDirectory>;
