import { isOid, isUuid } from '../oid.ts';
import type { Identifier } from './patient.ts';

/** The system of identifiers that are complete in themselves: an OID, a UUID or another URI. */
export const COMPLETE = 'urn:ietf:rfc:3986';

const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;

/** Whether a text can name the system of an identifier: an OID or a UUID, bare or as a URN, or another URI. */
export function isSystem(text: string): boolean {
  const name = bare(text);
  return isOid(name) || isUuid(name) || URI.test(name);
}

/**
 * The one spelling in which identifiers are kept, found and compared. HL7 V3 writes the OID or UUID of a system bare,
 * FHIR as a URN; blanks around mean nothing, nor does the case of a UUID, but that of a number does. An identifier
 * whose value is its own system is complete in itself.
 */
export function normalIdentifier({ system, value }: Identifier): Identifier {
  const name = bare(system);
  return name === COMPLETE || bare(value) === name
    ? { system: COMPLETE, value: bare(value) }
    : { system: name, value: value.trim() };
}

function bare(text: string): string {
  const name = text.trim().replace(/^urn:(?:oid|uuid):/i, '');
  return isUuid(name) ? name.toLowerCase() : name;
}

/** One text for each identifier, however it is spelled: equal for the same, and for no others. */
export function identifierText(identifier: Identifier): string {
  const { system, value } = normalIdentifier(identifier);
  return JSON.stringify([system, value]);
}

/** Each of them in its one spelling, once. */
export const normalIdentifiers = (identifiers: readonly Identifier[]): readonly Identifier[] => [
  ...new Map(identifiers.map((each) => [identifierText(each), normalIdentifier(each)])).values(),
];
