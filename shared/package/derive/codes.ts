import { LOINC } from '../../record/clinical-document.ts';
import type { Coded, DocumentHeader } from '../../record/header.ts';
import { loincTypeOf, type Confidentiality } from '../../record/sensitivity.ts';
import type { Settings } from '../../settings.ts';

/** A code that may stand in metadata: checked, with its system and a name. */
export interface Code {
  readonly code: string;
  readonly system: string;
  readonly display: string;
}

/** A code that is one of those of HL7 Confidentiality. */
export type ConfidentialityCode = Code & { readonly code: Confidentiality };

const SNOMED_CT = '2.16.840.1.113883.6.96';
const CONFIDENTIALITY = '2.16.840.1.113883.5.25';

/** The document types of C-CDA R2.1. */
const DOCUMENT_TYPES = new Map([
  ['34133-9', 'Summarization of episode note'],
  ['57133-1', 'Referral note'],
  ['18842-5', 'Discharge summary'],
  ['18761-7', 'Transfer summary note'],
  ['11488-4', 'Consult note'],
  ['34117-2', 'History and physical note'],
  ['11506-3', 'Progress note'],
  ['28570-0', 'Procedure note'],
  ['11504-8', 'Surgical operation note'],
  ['18748-4', 'Diagnostic imaging study'],
  ['52521-2', 'Overall plan of care'],
]);

/** What the submission set as a whole is: a patient's record. */
export const SUMMARY: Code = {
  code: '34133-9',
  system: LOINC,
  display: 'Summarization of episode note',
};

/** From `code`, when it is a LOINC code by its form; the codes of real documents are not always codes. */
export function typeCodeOf(header: DocumentHeader): Code | undefined {
  const code = loincTypeOf(header);
  if (code === undefined) return undefined;
  return documentType(code, header.code?.displayName);
}

/** A LOINC code as a type: those that C-CDA names by the name they have there, others by the one they bring. */
export const documentType = (code: string, name: string | undefined): Code => ({
  code,
  system: LOINC,
  display: DOCUMENT_TYPES.get(code) ?? name ?? code,
});

const CONFIDENTIALITIES = { N: 'normal', R: 'restricted', V: 'very restricted' } as const;

/** A restriction, and its name. */
export const confidentialityCode = (code: Confidentiality): ConfidentialityCode => ({
  code,
  system: CONFIDENTIALITY,
  display: CONFIDENTIALITIES[code],
});

const THREE_LETTERS = new Map([
  ['eng', 'en'],
  ['spa', 'es'],
]);

/** From `languageCode`, when it has the form of a language tag; else US English. */
export function languageOf({ language }: { readonly language?: string | undefined }): string {
  const isTag = language && /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(language);
  return isTag ? (THREE_LETTERS.get(language) ?? language) : 'en-US';
}

/** Systems that C-CDA allows for a healthCareFacility, and what their codes look like. */
const FACILITY_CODES = new Map([
  [SNOMED_CT, /^[1-9][0-9]{5,17}$/],
  // HL7 RoleCode, ServiceDeliveryLocationRoleType.
  ['2.16.840.1.113883.5.111', /^[A-Z]{2,12}$/],
  // HSLOC, healthcare service locations.
  ['2.16.840.1.113883.6.259', /^[0-9]{4}-[0-9]$/],
]);

/** From the encounter's healthCareFacility; else as configured. */
export const facilityTypeOf = (
  { facility }: DocumentHeader,
  fallbacks: Settings['fallbacks'],
): Code => checkedFacility(facility) ?? configuredFacilityType(fallbacks);

export const configuredFacilityType = ({ facilityType }: Settings['fallbacks']): Code =>
  configured(facilityType);

function checkedFacility(facility: Coded | undefined): Code | undefined {
  const system = facility?.codeSystem;
  if (!facility || !system || !FACILITY_CODES.get(system)?.test(facility.code)) return undefined;
  return { code: facility.code, system, display: facility.displayName ?? facility.code };
}

/** As configured: documents do not say it. */
export const practiceSettingOf = ({ practiceSetting }: Settings['fallbacks']): Code =>
  configured(practiceSetting);

const configured = ([code, system, display]: readonly [string, string, string]): Code => ({
  code,
  system,
  display,
});
