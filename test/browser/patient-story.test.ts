import { expect, test } from '@jest/globals';
import { filled, type Language, wordsIn } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { focusOn } from './support/checks.ts';
import { addressField, stoppedAt } from './support/choosing.ts';
import { usePortal } from './support/portal.ts';
import { truthOf } from './support/truth.ts';
import { patientUser, representativeUser } from './support/users.ts';
import { patientWalk, toChoose } from './support/walk.ts';

const HEART = 'intake@direct.example.net';
const LOPEZ = 'dr.lopez@direct.example.net';
const NOBODY = 'nobody@elsewhere.example.net';

describeWith(['chromium', 'java', 'time'], 'a patient', () => {
  const portal = usePortal();

  const begin = async (lang: Language = 'en') => {
    const patient = await portal().patient();
    const user = patientUser(patient);
    const opened = await portal().open({ user, lang });
    const words = wordsIn(lang);
    const truth = truthOf(await portal().apiAs(user), patient);
    return { opened, words, truth, walk: patientWalk(opened, words) };
  };

  const arrivedAt = (address: string) =>
    portal().system.partner.received.filter(({ recipients }) => recipients.includes(address));

  test.each(['en', 'es'] as const)(
    'shares through Find a place, in six interactions, without typing an address, up to delivered (%s)',
    async (lang) => {
      const before = arrivedAt(HEART).length;
      const { opened, words, truth, walk } = await begin(lang);
      await walk.toTerms();
      await walk.agree();
      await walk.find('heart', /^Portland Heart Center/);
      await opened.see('Partner Clinic');
      await walk.share();
      await opened.see(words.copies.status.delivered, 20_000);

      expect(opened.interactions()).toBe(6);
      expect(await truth.consents()).toMatchObject([
        { decision: 'accepted', signatureName: 'Ana Rivera' },
      ]);
      expect(await truth.requests()).toMatchObject([{ addresses: [{ address: HEART }] }]);
      expect(await truth.copies()).toMatchObject([{ address: HEART, status: 'delivered' }]);
      expect(arrivedAt(HEART)).toHaveLength(before + 1);
      const { heard, network, tokens } = opened;
      expect(heard.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['share-answered', 'share-requested', 'share-status']),
      );
      expect(heard.at(-1)).toMatchObject({ type: 'share-status', detail: { status: 'delivered' } });
      expect(JSON.stringify(heard)).not.toMatch(/@|Ana|Rivera/);
      expect([network.calls('POST /consents'), network.calls('POST /transmit-requests')]).toEqual([
        1, 1,
      ]);
      expect(tokens.asked).toEqual([{ kind: 'first' }]);
      expect([opened.complaints, opened.strangers]).toEqual([[], []]);
    },
    60_000,
  );

  test('types an address, and reads back whose it is before Share', async () => {
    const { opened, words, truth, walk } = await begin();
    await toChoose(opened, words);
    await walk.address(LOPEZ);
    await opened.see(filled(words.choose.belongs, { name: 'Partner Clinic' }));
    await walk.share();
    await opened.see(words.copies.status.delivered, 20_000);
    expect(await truth.copies()).toMatchObject([{ address: LOPEZ, status: 'delivered' }]);
  }, 60_000);

  test('types one wrong address beside good ones, and sends nothing before it is mended', async () => {
    const { opened, words, truth, walk } = await begin();
    await toChoose(opened, words);
    await walk.address(LOPEZ);
    await walk.another();
    await walk.address('records@direct.example.net', 2);
    await walk.another();
    await walk.address(NOBODY, 3);
    await walk.share();
    await stoppedAt(addressField(opened, 3));
    expect(await truth.requests()).toEqual([]);
    await expectAccessible(opened.page);
    await opened.press(filled(words.choose.remove, { address: NOBODY }));
    await walk.share();
    await opened.see(words.copies.status.delivered, 20_000);
    expect(await truth.requests()).toMatchObject([
      { addresses: [{ address: LOPEZ }, { address: 'records@direct.example.net' }] },
    ]);
  }, 60_000);

  test('says no, and that is on record as the answer that it is', async () => {
    const { opened, words, truth, walk } = await begin('es');
    await walk.toTerms();
    await opened.press(words.terms.decline);
    await opened.see(words.terms.declined);
    expect(await focusOn(opened.page)).toBe(`h2 ${words.terms.declined}`);
    expect(await truth.consents()).toMatchObject([{ decision: 'rejected' }]);
    expect(opened.heard).toMatchObject([
      { type: 'share-answered', detail: { decision: 'rejected' } },
    ]);
    await opened.press(words.back);
    await opened.see(words.places.none);
  }, 60_000);

  test('signs the same text once: the second time takes one interaction less', async () => {
    const { opened, words, walk } = await begin();
    await toChoose(opened, words);
    await opened.press(words.back);
    const before = opened.interactions();
    await walk.toTerms();
    await opened.press(words.terms.next);
    await walk.find('heart', /^Portland Heart Center/);
    await walk.share();
    await opened.see(words.copies.heading);
    expect(opened.interactions() - before).toBe(5);
  }, 60_000);

  test('has somebody act for them, who is told so on every screen', async () => {
    const patient = await portal().patient();
    const opened = await portal().open({ user: representativeUser(patient) });
    const words = wordsIn('en');
    const acting = filled(words.acting, { name: 'Ana Lucía Rivera' });
    const walk = patientWalk(opened, words);
    await opened.see(acting);
    await walk.toTerms();
    await opened.see(acting);
    await walk.agree('Luz Rivera');
    await opened.see(words.choose.title);
    await opened.see(acting);
    await walk.find('heart', /^Portland Heart Center/);
    await walk.share();
    await opened.see(words.copies.status.delivered, 20_000);
    await opened.see(acting);
  }, 60_000);
});
