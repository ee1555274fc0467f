import { expect, test } from '@jest/globals';
import { type Language, wordsIn } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { focusOn } from './support/checks.ts';
import { usePortal } from './support/portal.ts';
import { HEART } from './support/states.ts';
import { truthOf } from './support/truth.ts';
import { patientUser, providerUser } from './support/users.ts';

describeWith(['chromium', 'java', 'time'], 'a provider beside a patient', () => {
  const portal = usePortal();

  const begin = async (lang: Language = 'en') => {
    const patient = await portal().patient();
    const opened = await portal().open({ user: providerUser(patient), lang });
    const truth = truthOf(await portal().apiAs(patientUser(patient)), patient);
    return { patient, opened, words: wordsIn(lang), truth };
  };

  test.each(['en', 'es'] as const)(
    'adds an address that the patient agrees to, and sees the copy arrive (%s)',
    async (lang) => {
      const { patient, opened, words, truth } = await begin(lang);
      const { press, see, fill, page } = opened;
      await press(words.provider.add);
      await see(words.provider.answer);
      expect(await focusOn(page)).toBe(`h2 ${words.terms.heading}`);
      await press(words.provider.decision.accepted);
      await press(words.provider.method.written);
      await press(words.provider.identity['id-document']);
      await press(words.provider.record);
      await fill(words.choose.find, 'heart');
      await press(/^Portland Heart Center/);
      await press(words.provider.update);
      await press(words.choose.share);
      await see(words.copies.status.delivered, 30_000);
      expect(await truth.consents()).toMatchObject([
        {
          decision: 'accepted',
          actor: { kind: 'provider' },
          onBehalf: { method: 'written', identityCheck: 'id-document' },
        },
      ]);
      expect(await truth.requests()).toMatchObject([
        { frequency: 'on-update', addresses: [{ address: HEART }] },
      ]);
      expect(JSON.stringify(opened.heard)).not.toMatch(/@|Ana|Rivera/);
      await press(words.copies.done);
      await see(HEART);
      expect([opened.complaints, opened.strangers]).toEqual([[], []]);

      // The patient finds it where the record goes, and by whom.
      const own = await portal().open({ user: patientUser(patient), lang });
      await own.see(HEART);
      await own.see(words.places.who.provider);
    },
    90_000,
  );

  test('records that the patient declines: nothing is asked for, and the answer is kept', async () => {
    const { opened, words, truth } = await begin();
    const { press, see } = opened;
    await press(words.provider.add);
    await press(words.provider.decision.rejected);
    await press(words.provider.method.written);
    await press(words.provider.identity.known);
    await press(words.provider.record);
    await see(words.provider.declined);
    expect(await focusOn(opened.page)).toBe(`h2 ${words.provider.declined}`);
    expect(await truth.consents()).toMatchObject([{ decision: 'rejected' }]);
    expect(await truth.requests()).toEqual([]);
    expect(opened.network.calls('POST /transmit-requests')).toBe(0);
  }, 60_000);

  test('says nothing for the patient: without an answer nothing is put on record', async () => {
    const { opened, words, truth } = await begin();
    await opened.press(words.provider.add);
    await opened.press(words.provider.record);
    await opened.see(words.provider.pick);
    expect(await truth.consents()).toEqual([]);
    expect(opened.network.calls('POST /consents')).toBe(0);
  }, 60_000);

  test('asked by word of mouth, names a witness', async () => {
    const { opened, words, truth } = await begin();
    const { press, fill, see } = opened;
    await press(words.provider.add);
    await press(words.provider.decision.accepted);
    await press(words.provider.method.oral);
    await press(words.provider.identity.known);
    await fill(words.provider.witness, 'Lee Morgan');
    await press(words.provider.record);
    await fill(words.choose.address, HEART);
    await press(words.choose.share);
    await see(words.copies.heading, 20_000);
    expect(await truth.consents()).toMatchObject([
      { onBehalf: { method: 'oral', identityCheck: 'known', witness: 'Lee Morgan' } },
    ]);
  }, 60_000);
});
