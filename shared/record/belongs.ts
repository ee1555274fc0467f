import { done, fail, type Outcome } from '../outcome.ts';
import type { Identifier, Patient } from '../patient/patient.ts';
import type { DocumentHeader } from './header.ts';

/** The system of identifiers that are complete in themselves: an OID or UUID as a URN. */
const WHOLE = 'urn:ietf:rfc:3986';

/**
 * The patient's identifiers as a document names them, each as a patient may be registered with it.
 * A root without an extension is an identifier in itself.
 */
export const identifiersIn = (header: DocumentHeader): readonly Identifier[] =>
  header.patients
    .flatMap(({ ids }) => ids)
    .map(({ root, extension }) =>
      extension === undefined ? { system: WHOLE, value: root } : { system: root, value: extension },
    );

/**
 * Whether the document is about this patient: one of its recordTarget ids is registered.
 * A name that agrees is no proof.
 *
 * @failure record/patient-mismatch
 */
export function belongsTo(header: DocumentHeader, patient: Patient): Outcome<void> {
  const registered = new Set(patient.identifiers.map(comparable));
  const isKnown = identifiersIn(header).some((identifier) =>
    registered.has(comparable(identifier)),
  );
  return isKnown ? done(undefined) : fail('record/patient-mismatch');
}

/** One spelling of each identifier. Systems are compared without `urn:oid:`, UUIDs in lower case, values as they are. */
function comparable({ system, value }: Identifier): string {
  const name = bare(system);
  const isWhole = name === WHOLE || bare(value) === name;
  return JSON.stringify(isWhole ? [WHOLE, bare(value)] : [name, value.trim()]);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function bare(text: string): string {
  const name = text.trim().replace(/^urn:(?:oid|uuid):/i, '');
  return UUID.test(name) ? name.toLowerCase() : name;
}
