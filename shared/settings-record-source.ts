import * as z from 'zod';
import { PEM_CERTIFICATE } from './settings-values.ts';

const HTTPS = z
  .url({ protocol: /^https$/ })
  .regex(/^[^@?#]*$/, 'without credentials, query or fragment: who we are there is in a secret');

/** The current record lies on a FHIR R4 server of the data holder, and is fetched when it is sent. */
const Fhir = z.strictObject({
  kind: z.literal('fhir'),
  /** Its base: `https://ehr.example.org/fhir/r4`. */
  url: HTTPS.transform((url) => url.replace(/\/+$/, '')),
  /** Where an access token is had (client credentials); who we are there, the relay secret says, by its host. */
  tokenUrl: HTTPS,
  scope: z
    .string()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/, 'scopes with blanks between')
    .max(500)
    .default('system/Patient.rs system/DocumentReference.rs system/Binary.rs'),
  /** By what the server finds the documents of a patient: its search, or the operation `$docref`, which may make one. */
  search: z.enum(['document-reference', 'docref']).default('document-reference'),
  /** Under which of the patient's identifiers the server knows him, as the server writes the system. */
  patientSystem: z.string().min(1).max(200),
  /** LOINC: a summary of the whole record, unless said otherwise. */
  documentType: z
    .string()
    .regex(/^[1-9][0-9]{0,6}-[0-9]$/, 'not a LOINC code')
    .default('34133-9'),
  /** The newest ones of those that are current. One summary has the whole record. */
  atMostDocuments: z.int().min(1).max(5).default(1),
  /** For everything that is asked of the server for one copy. */
  withinSeconds: z.int().min(1).max(60).default(30),
  /** PEM certificates of authorities that it has its own from, beside those that everybody believes. */
  authorities: z.array(z.string().includes(PEM_CERTIFICATE)).max(20).default([]),
});

/** Where the current record lies: here, where the data holder's systems upload it, or at the data holder's. */
export const RecordSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('uploaded') }),
  Fhir,
]);

export type FhirSourceSettings = z.infer<typeof Fhir>;
