import type { Code, ConfidentialityCode } from '../derive/codes.ts';
import type { Assigned } from '../derive/oids.ts';
import type { PatientInfo } from '../derive/patient-info.ts';
import type { Author, Person } from '../derive/people.ts';

/**
 * What a package says of a document, whatever kind of file it is: in words, not yet in the spelling of ebRIM, HL7 v2
 * or a page. What is not known is left out there.
 */
export interface DocumentDescription {
  /** The id that the document brings itself, in the form of DocumentEntry.uniqueId. */
  readonly ownId: string | undefined;
  readonly title: string;
  readonly typeCode: Code | undefined;
  readonly classCode: Code | undefined;
  readonly formatCode: Code | undefined;
  readonly confidentiality: ConfidentialityCode;
  /** BCP 47. */
  readonly language: string;
  /** DTM: digits, UTC, as precise as is known. */
  readonly creationTime: string | undefined;
  /** The day of creation where that was, for people: YYYY-MM-DD, or less where less is known. */
  readonly createdOn: string | undefined;
  /** The organization that it comes from, for people. */
  readonly from: string | undefined;
  readonly authors: readonly Author[];
  readonly legalAuthenticator: Person | undefined;
  /** DTM each. */
  readonly service: { readonly start: string | undefined; readonly stop: string | undefined };
  readonly sourcePatientId: Assigned | undefined;
  readonly patientInfo: PatientInfo;
  readonly facilityType: Code;
  readonly practiceSetting: Code;
}
