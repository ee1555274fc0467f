import { expect, test } from '@jest/globals';
import type { PatientId } from '../../shared/ids.ts';
import { done, fail } from '../../shared/outcome.ts';
import { registered, registeredNow } from '../../shared/patient/registered.ts';
import { patient } from '../contracts/stores/samples.ts';

/** `0` was merged into `1`, that into `2`, and so on; the last one stays. */
const chain = (length: number) => ({
  get: async (id: PatientId) => {
    const at = Number(id);
    if (at > length) return fail('patient/unknown');
    const mergedInto = String(at + 1) as PatientId;
    return done(patient(id, at < length ? { mergedInto } : {}));
  },
});

test('an id that was given up leads to the registration that stays, along twenty merges', async () => {
  for (const length of [0, 1, 20]) {
    expect(await registeredNow('0', chain(length))).toMatchObject({ value: { id: `${length}` } });
  }
  expect(await registeredNow('0', chain(21))).toEqual(fail('patient/merged'));
});

test('where somebody asks for the patient it leads nowhere', async () => {
  expect(await registered('0', chain(1))).toEqual(fail('patient/merged'));
  expect(await registered('1', chain(1))).toMatchObject({ value: { id: '1' } });
});

test('what is no id, and nobody, are told as ever', async () => {
  for (const find of [registered, registeredNow]) {
    expect(await find('a b', chain(0))).toEqual(fail('patient/bad-id'));
    expect(await find('9', chain(0))).toEqual(fail('patient/unknown'));
  }
});
