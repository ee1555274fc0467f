import { expect, test } from '@jest/globals';
import { patientStore } from '../../../shared/adapters/dynamo/patients.ts';
import type { PatientId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { ADA, KEYING, patient, type FreshTable } from './samples.ts';

const id = (value: string, system = '1.2.3') => ({ system, value });

export function patientStoreContract(fresh: FreshTable): void {
  const open = async () => patientStore(await fresh(), KEYING);

  test('a registered patient is found by id and by each identifier', async () => {
    const store = await open();
    const ada = patient('ada', { identifiers: [id('a'), id('b', 'https://holder.example/mrn')] });
    expect(await store.register(ada)).toEqual(done('registered'));
    const found = { ok: true, value: ada };
    expect(await store.get(ADA)).toEqual(found);
    expect(await store.byIdentifier(id('a'))).toEqual(found);
    expect(await store.byIdentifier(id('b', 'https://holder.example/mrn'))).toEqual(found);
  });

  test('patient/unknown: an id that was not registered, an identifier of another system', async () => {
    const store = await open();
    await store.register(patient());
    expect(await store.get('ben' as PatientId)).toEqual(fail('patient/unknown'));
    expect(await store.byIdentifier(id('ada-1', '1.2.4'))).toEqual(fail('patient/unknown'));
    expect(await store.byIdentifier(id('da-1', '1.2.3a'))).toEqual(fail('patient/unknown'));
  });

  test('registering the same again says so, a difference is a change', async () => {
    const store = await open();
    await store.register(patient());
    expect(await store.register(patient())).toEqual(done('unchanged'));
    expect(await store.register(patient('ada', { language: 'es' }))).toEqual(done('changed'));
    expect(await store.get(ADA)).toEqual({ ok: true, value: patient('ada', { language: 'es' }) });
  });

  test('an identifier that is no longer named is released', async () => {
    const store = await open();
    await store.register(patient('ada', { identifiers: [id('a'), id('b')] }));
    await store.register(patient('ada', { identifiers: [id('b'), id('c')] }));
    expect(await store.byIdentifier(id('a'))).toEqual(fail('patient/unknown'));
    expect((await store.byIdentifier(id('b'))).ok).toBe(true);
    expect((await store.byIdentifier(id('c'))).ok).toBe(true);
  });

  test('patient/ambiguous: two patients hold the identifier, until one lets go', async () => {
    const store = await open();
    await store.register(patient('ada', { identifiers: [id('a')] }));
    await store.register(patient('ben', { identifiers: [id('a')] }));
    expect(await store.byIdentifier(id('a'))).toEqual(fail('patient/ambiguous'));
    await store.register(patient('ada', { identifiers: [id('b')] }));
    expect(await store.byIdentifier(id('a'))).toMatchObject({ value: { id: 'ben' } });
  });

  test('an OID is the same system, bare or as a URN', async () => {
    const store = await open();
    const twice = [id('a', 'urn:oid:1.2.3'), id('a'), id('b', 'URN:OID:1.2.4')];
    await store.register(patient('ada', { identifiers: twice }));
    const normal = [id('a'), id('b', '1.2.4')];
    expect(await store.get(ADA)).toMatchObject({ value: { identifiers: normal } });
    expect((await store.byIdentifier(id('b', '1.2.4'))).ok).toBe(true);
    expect((await store.byIdentifier(id('a', 'urn:oid:1.2.3'))).ok).toBe(true);
    expect(await store.register(patient('ada', { identifiers: normal }))).toEqual(
      done('unchanged'),
    );
  });

  test('registrations that race leave the identifiers of one of them, and no others', async () => {
    const store = await open();
    const values = ['a', 'b', 'c', 'd', 'e', 'f'];
    const race = values.map((value) =>
      store.register(patient('ada', { identifiers: [id(value)] })),
    );
    const changes = await Promise.all(race);
    expect(changes.filter((change) => change.ok && change.value === 'registered')).toHaveLength(1);

    const kept = await store.get(ADA);
    const found = await Promise.all(values.map((value) => store.byIdentifier(id(value))));
    const held = values.filter((_, index) => found[index]?.ok);
    expect(kept.ok && kept.value.identifiers).toEqual(held.map((value) => id(value)));
    expect(held).toHaveLength(1);
  });
}
