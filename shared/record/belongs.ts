import { done, fail, type Outcome } from '../outcome.ts';
import { COMPLETE, identifierText } from '../patient/identifier.ts';
import type { Identifier, Patient } from '../patient/patient.ts';
import type { DocumentHeader } from './header.ts';

/**
 * The patient's identifiers as a document names them, each as a patient may be registered with it.
 * A root without an extension is an identifier in itself.
 */
export const identifiersIn = (header: DocumentHeader): readonly Identifier[] =>
  header.patients
    .flatMap(({ ids }) => ids)
    .map(({ root, extension }) =>
      extension === undefined
        ? { system: COMPLETE, value: root }
        : { system: root, value: extension },
    );

/**
 * Whether the document is about this patient: one of its recordTarget ids is registered.
 * A name that agrees is no proof.
 *
 * @failure record/patient-mismatch
 */
export function belongsTo(header: DocumentHeader, patient: Patient): Outcome<void> {
  const registered = new Set(patient.identifiers.map(identifierText));
  const isKnown = identifiersIn(header).some((identifier) =>
    registered.has(identifierText(identifier)),
  );
  return isKnown ? done(undefined) : fail('record/patient-mismatch');
}
