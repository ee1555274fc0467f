import { expect, test } from '@jest/globals';
import { patientStore } from '../../../shared/adapters/dynamo/patients.ts';
import type { PatientId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { ADA, KEYING, patient, type FreshTable } from './samples.ts';

const id = (value: string) => ({ system: '1.2.3', value });
const many = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => id(`${prefix}${n}`));

const merging = (from: string, into: string) => ({
  from: from as PatientId,
  into: into as PatientId,
});

export function patientMergesContract(fresh: FreshTable): void {
  /** Each with an identifier of its own, and one that ada and ben share. */
  async function open() {
    const store = patientStore(await fresh(), KEYING);
    await store.register(patient('ada', { identifiers: [id('a'), id('both')] }));
    await store.register(patient('ben', { identifiers: [id('b'), id('both')] }));
    await store.register(patient('cyd', { identifiers: [id('c')] }));
    const holderOf = async (value: string): Promise<string> => {
      const held = await store.byIdentifier(id(value));
      return held.ok ? held.value.id : held.failure.code;
    };
    return { store, holderOf };
  }

  test('the survivor is found by the identifiers of both, also by what both held', async () => {
    const { store, holderOf } = await open();
    expect(await store.merge(merging('ben', 'ada'))).toEqual(done('merged'));
    expect(await Promise.all(['a', 'b', 'both'].map(holderOf))).toEqual(['ada', 'ada', 'ada']);
    const identifiers = [id('a'), id('both'), id('b')];
    expect(await store.get(ADA)).toEqual(done(patient('ada', { identifiers })));
  });

  test('who was given up says into whom, and keeps the list of what it held', async () => {
    const { store } = await open();
    await store.merge(merging('ben', 'ada'));
    expect(await store.get('ben' as PatientId)).toMatchObject({
      value: { mergedInto: 'ada', identifiers: [id('b'), id('both')], name: patient().name },
    });
  });

  test('done again it changes nothing, also when the survivor was given up since', async () => {
    const { store, holderOf } = await open();
    await store.merge(merging('ben', 'ada'));
    expect(await store.merge(merging('ben', 'ada'))).toEqual(done('unchanged'));
    expect(await store.merge(merging('ada', 'cyd'))).toEqual(done('merged'));
    expect(await store.merge(merging('ben', 'ada'))).toEqual(done('unchanged'));
    const all = ['a', 'b', 'both', 'c'];
    expect(await Promise.all(all.map(holderOf))).toEqual(['cyd', 'cyd', 'cyd', 'cyd']);
  });

  test('no one is merged into itself, in a circle, or into a third one', async () => {
    const { store } = await open();
    expect(await store.merge(merging('ada', 'ada'))).toEqual(fail('patient/same'));
    await store.merge(merging('ben', 'ada'));
    expect(await store.merge(merging('ada', 'ben'))).toEqual(fail('patient/merged'));
    expect(await store.merge(merging('ben', 'cyd'))).toEqual(fail('patient/merged-elsewhere'));
    expect(await store.merge(merging('cyd', 'ben'))).toEqual(fail('patient/merged'));
  });

  test('patient/unknown: nobody is merged who is not registered, nor into such a one', async () => {
    const { store } = await open();
    expect(await store.merge(merging('dan', 'ada'))).toEqual(fail('patient/unknown'));
    expect(await store.merge(merging('ada', 'dan'))).toEqual(fail('patient/unknown'));
  });

  test('patient/merged: who was given up is not registered again', async () => {
    const { store, holderOf } = await open();
    await store.merge(merging('ben', 'ada'));
    const again = patient('ben', { identifiers: [id('b')] });
    expect(await store.register(again)).toEqual(fail('patient/merged'));
    expect(await holderOf('b')).toBe('ada');
  });

  test('forty identifiers change hands in one transaction, and not one more', async () => {
    const { store } = await open();
    await store.register(patient('dan', { identifiers: many('d', 39) }));
    await store.register(patient('eve', { identifiers: many('e', 2) }));
    expect(await store.merge(merging('dan', 'eve'))).toEqual(fail('patient/too-many-identifiers'));
    expect(await store.merge(merging('dan', 'cyd'))).toEqual(done('merged'));
    const merged = patient('cyd', { identifiers: [id('z')] });
    expect(await store.register(merged)).toEqual(done('changed'));
  });

  test('of two merges against each other one is made, and the identifiers are of one patient', async () => {
    const { store, holderOf } = await open();
    const [one, other] = await Promise.all([
      store.merge(merging('ben', 'ada')),
      store.merge(merging('ada', 'ben')),
    ]);
    expect([one.ok, other.ok].filter(Boolean)).toHaveLength(1);
    const survivor = one.ok ? 'ada' : 'ben';
    const holders = await Promise.all(['a', 'b', 'both'].map(holderOf));
    expect(holders).toEqual([survivor, survivor, survivor]);
  });

  test('a merge that races with a registration of either loses nothing of it', async () => {
    const { store, holderOf } = await open();
    const [merged, changed] = await Promise.all([
      store.merge(merging('ben', 'ada')),
      store.register(patient('ben', { identifiers: [id('b'), id('new')] })),
    ]);
    expect(merged).toEqual(done('merged'));
    expect(await holderOf('b')).toBe('ada');
    expect(await holderOf('new')).toBe(changed.ok ? 'ada' : 'patient/unknown');
  });
}
