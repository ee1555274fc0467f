import { isUtf8 } from 'node:buffer';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Identifier } from '../../patient/patient.ts';
import { CONFIDENTIALITIES, strictestOf, type Confidentiality } from '../sensitivity.ts';
import { checkJsonBounds } from './json-bounds.ts';

/** What is read out of a FHIR resource; the rest is for the recipient. */
export interface FhirFile {
  /** Of the patients in it; absent where no patient has any. One without a system stays, and is nobody's. */
  readonly identifiers: readonly Identifier[] | undefined;
  /** The strictest that a resource in it is labelled with, or a Composition says. */
  readonly confidentiality: Confidentiality;
}

/** HL7 Confidentiality, as R4, STU3 and the OID call it. */
const CONFIDENTIALITY = [
  'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  'http://hl7.org/fhir/v3/Confidentiality',
  'urn:oid:2.16.840.1.113883.5.25',
];

/**
 * The check of a FHIR resource as JSON: UTF-8, of bounded depth and number of values, no name twice in an object, an
 * object with a resourceType. Nothing that it refers to is ever fetched.
 *
 * @failure record/not-fhir, record/too-deep, record/too-complex
 */
export function checkFhirJson(bytes: Uint8Array): Outcome<FhirFile> {
  if (!isUtf8(bytes)) return fail('record/not-fhir');
  const text = new TextDecoder().decode(bytes);
  const bounded = checkJsonBounds(text);
  if (!bounded.ok) return bounded;
  const resource = jsonOf(text);
  if (!/^[A-Z][A-Za-z]{1,63}$/.test(textOf(resource, 'resourceType'))) {
    return fail('record/not-fhir');
  }
  const resources = resourcesIn(resource);
  const identifiers = resources
    .filter((each) => textOf(each, 'resourceType') === 'Patient')
    .flatMap((patient) => listOf(patient, 'identifier'))
    .flatMap(identifierOf);
  return done({
    identifiers: identifiers.length > 0 ? identifiers : undefined,
    confidentiality: strictestOf(resources.flatMap(labelsOf)),
  });
}

/** What is no JSON has no resourceType. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** All that say of which type they are, wherever they stand: in a Bundle, in Parameters, contained in another. */
function resourcesIn(file: unknown): readonly unknown[] {
  const values = [file];
  // What is pushed while the loop runs is looped over too.
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    for (const inside of Object.values(value)) if (typeof inside === 'object') values.push(inside);
  }
  return values.filter((value) => textOf(value, 'resourceType') !== '');
}

function identifierOf(identifier: unknown): readonly Identifier[] {
  const value = textOf(identifier, 'value');
  return value === '' ? [] : [{ system: textOf(identifier, 'system'), value }];
}

function labelsOf(resource: unknown): readonly Confidentiality[] {
  const codes = listOf(fieldOf(resource, 'meta'), 'security')
    .filter((label) => CONFIDENTIALITY.includes(textOf(label, 'system')))
    .map((label) => textOf(label, 'code'));
  const said = [...codes, textOf(resource, 'confidentiality')];
  return CONFIDENTIALITIES.filter((code) => said.includes(code));
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

const listOf = (value: unknown, name: string): readonly unknown[] => {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? list : [];
};

const textOf = (value: unknown, name: string): string => {
  const text = fieldOf(value, name);
  return typeof text === 'string' ? text : '';
};
