import { checkClinicalDocument } from '../../../shared/record/intake.ts';
import type { FoundSections } from '../../../shared/record/sections/found.ts';

/** What the check of a document that is accepted finds. */
export function sectionsOf(document: string | Uint8Array): FoundSections {
  const checked = checkClinicalDocument(
    typeof document === 'string' ? Buffer.from(document) : document,
  );
  if (!checked.ok) throw new Error(checked.failure.code);
  return checked.value.sections;
}

export const LOINC = '2.16.840.1.113883.6.1';

/** A document with this in its structured body. */
export const inBody = (xml: string): string =>
  `<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:o="urn:other"><component><structuredBody>${xml}</structuredBody></component></ClinicalDocument>`;

export const coded = (code: string): string => `<code code="${code}" codeSystem="${LOINC}"/>`;

/** The problems, by code, with this in them. */
export const problems = (xml: string, attributes = ''): string =>
  `<component><section${attributes}>${coded('11450-4')}${xml}</section></component>`;
