import { expect, test } from '@jest/globals';
import { consentStore } from '../../../shared/adapters/dynamo/consents.ts';
import { sha256, type ConsentId } from '../../../shared/ids.ts';
import { fail } from '../../../shared/outcome.ts';
import { ADA_KEY, BEN_KEY, consent, type FreshTable } from './samples.ts';

export function consentStoreContract(fresh: FreshTable): void {
  const open = async () => consentStore(await fresh());

  test('an answer is kept with everything that was said', async () => {
    const store = await open();
    const given = consent('con_1', 0, {
      decision: 'rejected',
      actor: { kind: 'provider', subject: 'npi-1' },
      onBehalf: { method: 'oral', identityCheck: 'id-document' },
      signatureName: 'Ada Lovelace',
    });
    expect(await store.add(given)).toEqual(given);
    expect(await store.get(ADA_KEY, given.id)).toEqual({ ok: true, value: given });
  });

  test('the same answer again: what is kept is answered, with its own time', async () => {
    const store = await open();
    await store.add(consent('con_1', 0));
    expect(await store.add(consent('con_1', 60))).toEqual(consent('con_1', 0));
    expect(await store.list(ADA_KEY)).toEqual([consent('con_1', 0)]);
  });

  test.each([
    ['another answer', { decision: 'rejected' }],
    [
      'another version of the text',
      { text: { language: 'en', version: '2026-02-02', sha256: sha256('the text') } },
    ],
    ['another text', { text: { language: 'en', version: '2026-01-01', sha256: sha256('other') } }],
  ] as const)(
    'the same id with %s: what is kept is answered, and nothing changes',
    async (_, more) => {
      const store = await open();
      await store.add(consent('con_1'));
      expect(await store.add(consent('con_1', 0, more))).toEqual(consent('con_1'));
      expect(await store.list(ADA_KEY)).toEqual([consent('con_1')]);
    },
  );

  test('consent/unknown: no such id, or the id of another patient', async () => {
    const store = await open();
    await store.add(consent('con_1'));
    expect(await store.get(ADA_KEY, 'con_2' as ConsentId)).toEqual(fail('consent/unknown'));
    expect(await store.get(BEN_KEY, 'con_1' as ConsentId)).toEqual(fail('consent/unknown'));
  });

  test('lists the newest first, whatever their ids', async () => {
    const store = await open();
    await store.add(consent('con_b', 1));
    await store.add(consent('con_a', 3));
    await store.add(consent('con_c', 2));
    expect((await store.list(ADA_KEY)).map(({ id }) => id)).toEqual(['con_a', 'con_c', 'con_b']);
  });

  test('every answer that is kept counts the version up once, however they race; a repeat does not', async () => {
    const store = await open();
    expect(await store.standing(ADA_KEY)).toEqual({ consents: [], version: 0 });
    const ten = Array.from({ length: 10 }, (_, n) => consent(`con_${n}`, n));
    await Promise.all(ten.flatMap((each) => [store.add(each), store.add(each)]));
    expect(await store.standing(ADA_KEY)).toEqual({ consents: ten.toReversed(), version: 10 });
    expect(await store.list(ADA_KEY)).toEqual(ten.toReversed());
    expect((await store.standing(BEN_KEY)).version).toBe(0);
  });
}
