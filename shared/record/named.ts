import { parseDocumentId, type DocumentId } from '../ids.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import { registered } from '../patient/registered.ts';
import type { PatientStore } from '../patient/store.ts';

/** Whose document is meant, and which. Says nothing of whether the record has it. */
export interface NamedDocument {
  readonly patient: Patient;
  readonly documentId: DocumentId;
}

/** @failure record/bad-id, and the codes of `registered` */
export async function namedDocument(
  named: { readonly patientId?: string; readonly documentId?: string },
  patients: PatientStore,
): Promise<Outcome<NamedDocument>> {
  const documentId = parseDocumentId(named.documentId ?? '');
  if (!documentId.ok) return documentId;
  const patient = await registered(named.patientId, patients);
  return patient.ok ? done({ patient: patient.value, documentId: documentId.value }) : patient;
}
