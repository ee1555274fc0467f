import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from './patient.ts';

/**
 * Whether somebody may ask for copies of the record, or that they go on: for a patient who has died only a
 * representative may, who is then the personal representative of the estate (45 CFR 164.502(g)(4)).
 *
 * @param asking as a token says it
 * @failure patient/deceased
 */
export const mayAskFor = (
  { death }: Pick<Patient, 'death'>,
  asking: { readonly kind: string },
): Outcome<void> =>
  death === undefined || asking.kind === 'representative'
    ? done(undefined)
    : fail('patient/deceased');
