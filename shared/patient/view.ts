import * as z from 'zod';
import type { Patient } from './patient.ts';

/** For whoever is at a screen: whom it is about, in which role, and whose record it is. No birth date, no identifier. */
export const PatientView = z
  .strictObject({
    patientId: z.string(),
    name: z.strictObject({ family: z.string(), given: z.array(z.string()) }),
    language: z.string().meta({ description: 'BCP 47, of what the patient reads.' }),
    caller: z
      .enum(['patient', 'representative', 'provider'])
      .meta({ description: 'As what the caller acts.' }),
    holder: z.string().meta({ description: 'Who holds the record, as consent texts say it.' }),
  })
  .meta({ id: 'Patient' });

export type PatientView = z.output<typeof PatientView>;

export const viewOfPatient = (
  { id, name, language }: Patient,
  { caller, holder }: { readonly caller: string; readonly holder: string },
): object => ({ patientId: id, name, language, caller, holder });
