import { SAMPLE_PATIENTS, type SamplePatient } from '../../sample/record.ts';
import type { TokenRequest } from '../token-request.ts';

/** Somebody who does not exist, and may sign in. */
export interface SampleUser {
  readonly label: string;
  readonly is: TokenRequest;
}

const { ana, samuel } = SAMPLE_PATIENTS;
const nameOf = ({ name }: SamplePatient): string => `${name.given.join(' ')} ${name.family}`;

const patient = (who: SamplePatient): SampleUser => ({
  label: nameOf(who),
  is: { kind: 'patient', patient: who.id },
});

const actingFor = (
  label: string,
  relationship: string,
  ...whom: readonly SamplePatient[]
): SampleUser => ({
  label,
  is: {
    kind: 'representative',
    patient: whom.map(({ id }) => id).join(' '),
    subject: `local-${relationship}`,
    authority: { relationship },
  },
});

/** The chart that is open is in the token, as an EHR launch puts it there. */
const providerWith = (who: SamplePatient): SampleUser => ({
  label: `Dr. Lee Morgan, with the chart of ${nameOf(who)} open`,
  is: { kind: 'provider', patient: who.id, subject: 'local-dr-morgan' },
});

/** Who may sign in to the pages, by the name that the form sends. */
export const SAMPLE_USERS: Readonly<Record<string, SampleUser>> = {
  ana: patient(ana),
  samuel: patient(samuel),
  parent: actingFor(`A parent of ${nameOf(ana)}`, 'parent', ana),
  daughter: actingFor(`The daughter of ${nameOf(samuel)}`, 'daughter', samuel),
  guardian: actingFor(`A guardian of both`, 'guardian', ana, samuel),
  'provider-ana': providerWith(ana),
  'provider-samuel': providerWith(samuel),
};
