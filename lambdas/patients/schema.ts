import * as z from 'zod';
import { PERSONAL_NAME, PRINTABLE } from '../../shared/characters.ts';

const name = z.string().min(1).max(200).regex(PERSONAL_NAME);

const OID = /^[0-2](\.(0|[1-9][0-9]*))+$/;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;

/** An OID may come as FHIR writes it; it is kept as HL7 V3 does, so that both mean the same. */
const system = z
  .string()
  .max(200)
  .transform((text) => text.replace(/^urn:oid:/i, ''))
  .refine((text) => OID.test(text) || URI.test(text));

export const IdentifierBody = z.strictObject({
  system,
  value: z.string().trim().min(1).max(200).regex(PRINTABLE),
});

export const PatientBody = z.strictObject({
  identifiers: z.array(IdentifierBody).min(1).max(20),
  name: z.strictObject({ family: name, given: z.array(name).max(10) }),
  birthDate: z.iso.date(),
  sex: z.enum(['female', 'male', 'other', 'unknown']),
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/),
});

export type PatientBody = z.infer<typeof PatientBody>;
