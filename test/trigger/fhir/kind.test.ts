import { expect, test } from '@jest/globals';
import { kindOf } from '../../../shared/trigger/fhir/kind.ts';
import { Resource } from '../../../shared/trigger/fhir/resources.ts';
import { benefit, coded, encounter, report, study } from './notifications.ts';

const inpatient = (code: string) => ({ class: { code } });
const leaving = { hospitalization: { dischargeDisposition: coded('home') } };

test.each([
  ['an encounter that is over', encounter(), 'encounter-ended'],
  ['one that goes on', encounter({ status: 'in-progress' }), 'not-yet'],
  ['one by mistake', encounter({ status: 'entered-in-error' }), 'not-yet'],
  ['an inpatient who left', encounter(inpatient('IMP')), 'discharge'],
  ['an acute inpatient who left', encounter(inpatient('ACUTE')), 'discharge'],
  [
    'one whose destination is known',
    encounter({ ...inpatient('IMP'), ...leaving, period: {} }),
    'discharge',
  ],
  ['one of whom it is not said', encounter({ ...inpatient('IMP'), period: {} }), 'encounter-ended'],
  [
    'an inpatient who is to leave',
    encounter({ ...inpatient('IMP'), status: 'in-progress' }),
    'not-yet',
  ],
  ['an outpatient with a destination', encounter(leaving), 'encounter-ended'],
  [
    'an encounter of R5',
    encounter({ status: 'completed', class: [coded('AMB')] }),
    'encounter-ended',
  ],
  [
    'an inpatient of R5 who left',
    encounter({
      status: 'discharged',
      class: [coded('IMP')],
      period: undefined,
      actualPeriod: { end: '2026-11-22T05:30:00-06:00' },
    }),
    'discharge',
  ],
  ...['final', 'amended', 'corrected', 'appended'].map(
    (status) => [`a ${status} report`, report({ status }), 'result-available'] as const,
  ),
  ...['registered', 'partial', 'preliminary', 'cancelled', 'entered-in-error', 'unknown'].map(
    (status) => [`a ${status} report`, report({ status }), 'not-yet'] as const,
  ),
  ['a report of radiology', report({ category: [coded('RAD')] }), 'image-available'],
  ['one as US Core writes it', report({ category: [coded('LP29684-5')] }), 'image-available'],
  ['a preliminary one', report({ category: [coded('RAD')], status: 'preliminary' }), 'not-yet'],
  ['a report of no category', report({ category: undefined }), 'result-available'],
  ['a study that is there', study(), 'image-available'],
  ['a study that is not', study({ status: 'registered' }), 'not-yet'],
  ['a settled claim', benefit(), 'eob-available'],
  ['one that is settled in part', benefit({ outcome: 'partial' }), 'not-yet'],
  ['one that was withdrawn', benefit({ status: 'cancelled' }), 'not-yet'],
  ['a patient', { resourceType: 'Patient', id: 'ana' }, undefined],
  ['what nobody waits for', { resourceType: 'Basic', id: 'x', status: 7, class: 'odd' }, undefined],
])('%s', (_, resource, kind) => {
  expect(kindOf(Resource.parse(resource))).toBe(kind);
});
