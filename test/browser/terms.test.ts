import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { type Language, wordsIn } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { focusOn } from './support/checks.ts';
import { usePortal } from './support/portal.ts';
import { standingOrder, truthOf } from './support/truth.ts';
import { patientUser, representativeUser, type User } from './support/users.ts';
import { patientWalk } from './support/walk.ts';

const Text = z.object({ version: z.string(), sha256: z.string(), text: z.string() });

/** As it is read: without the marks, and however it is broken into lines. */
const plain = (text: string): string => text.replaceAll(/^#+ |^- |\*\*|\s/gm, '');

describeWith(['chromium', 'java', 'time'], 'the terms', () => {
  const portal = usePortal();

  const textIn = async (language: string) => {
    const api = await portal().apiAs(patientUser('sample-ana'));
    return api.call(`GET /v1/consent-texts/${language}`, Text);
  };

  /** At the screen where the patient begins. */
  const begin = async (user: User, lang: Language = 'en') => {
    const opened = await portal().open({ user, lang });
    const words = wordsIn(lang);
    const truth = truthOf(await portal().apiAs(user), user.patient);
    return { ...opened, opened, words, truth, walk: patientWalk(opened, words) };
  };

  /** With the terms on the screen. */
  const asked = async (lang: Language = 'en') => {
    const at = await begin(patientUser(await portal().patient()), lang);
    await at.walk.toTerms();
    await at.page.getByRole('button', { name: at.words.terms.agree }).waitFor();
    return at;
  };

  const past = async ({ see, words }: Awaited<ReturnType<typeof begin>>) => see(words.choose.title);

  test('are shown word for word, signed with a name and agreed to, and that is on record', async () => {
    const at = await asked();
    const { page, words, truth } = at;
    expect(await focusOn(page)).toBe(`h2 ${words.terms.heading}`);
    const { text, version, sha256 } = await textIn('en');
    expect(plain(await page.locator('.terms').innerText())).toBe(plain(text));
    await expectAccessible(page);
    await at.walk.agree('Ana Rivera ');
    await past(at);
    const [consent, ...others] = await truth.consents();
    expect(consent).toMatchObject({
      decision: 'accepted',
      signatureName: 'Ana Rivera',
      text: { language: 'en', version, sha256 },
    });
    expect(others).toEqual([]);
    expect(at.heard).toEqual([
      { type: 'share-answered', detail: { decision: 'accepted', consentId: consent?.['id'] } },
    ]);
    expect([at.complaints, at.strangers]).toEqual([[], []]);
  });

  test('cannot be agreed to without a name, or with one that hides something: the field says so', async () => {
    const at = await asked();
    const { page, words } = at;
    for (const name of ['', '   ', 'Ana\u202eareviR', 'n'.repeat(201)]) {
      await at.walk.agree(name);
      await at.see(words.terms.nameWrong);
      expect(await focusOn(page)).toBe('input');
      const field = page.getByLabel(words.terms.name);
      expect(await field.getAttribute('aria-invalid')).toBe('true');
    }
    await expectAccessible(page);
    await at.walk.agree();
    await past(at);
    expect(at.network.calls('POST /consents')).toBe(1);
  });

  test('are agreed to by keys alone, in Spanish', async () => {
    const at = await asked('es');
    await expectAccessible(at.page);
    for (let stops = 0; (await focusOn(at.page)) !== 'input'; stops += 1) {
      expect(stops).toBeLessThan(10);
      await at.page.keyboard.press('Tab');
    }
    await at.page.keyboard.type('José Núñez');
    await at.page.keyboard.press('Enter');
    await past(at);
    expect(await at.truth.consents()).toMatchObject([
      { decision: 'accepted', signatureName: 'José Núñez', text: { language: 'es' } },
    ]);
  });

  test('are read again, and not asked again, of who signed them; but asked of who acts for the patient', async () => {
    const patient = await portal().patient();
    const ana = patientUser(patient);
    await standingOrder(await portal().apiAs(ana), patient, 'dr.lopez@direct.example.net');
    const at = await begin(ana);
    await at.walk.toTerms();
    await at.see(/^Ana Rivera agreed to these terms on /);
    expect(await at.page.getByLabel(at.words.terms.name).count()).toBe(0);
    await at.page.getByText(at.words.terms.show).click();
    expect(plain(await at.page.locator('.terms').innerText())).toBe(
      plain((await textIn('en')).text),
    );
    await expectAccessible(at.page);
    const mother = await begin(representativeUser(patient));
    await mother.walk.toTerms();
    await mother.walk.agree('Marta Rivera');
    await past(mother);
    expect(await at.truth.consents()).toMatchObject([
      { signatureName: 'Marta Rivera' },
      { signatureName: 'Ana Rivera' },
    ]);
  });

  test('declined with one press end nothing that was asked for before, and say so', async () => {
    const patient = await portal().patient();
    const api = await portal().apiAs(patientUser(patient));
    await standingOrder(api, patient, 'dr.lopez@direct.example.net');
    const at = await begin(representativeUser(patient));
    await at.walk.toTerms();
    await at.press(at.words.terms.decline);
    await at.see(at.words.terms.running);
    expect(await focusOn(at.page)).toBe(`h2 ${at.words.terms.declined}`);
    await expectAccessible(at.page);
    expect((await at.truth.consents())[0]).toMatchObject({ decision: 'rejected' });
    expect(await at.truth.requests()).toMatchObject([{ status: 'active' }]);
  });

  test.each(['consent/outdated-text', 'consent/text-mismatch'])(
    'that changed while they were read are shown anew, and the name stays: %s',
    async (code) => {
      const at = await asked();
      await at.network.answerInstead('POST /consents', 409, { code });
      await at.walk.agree();
      await at.see(at.words.terms.changed);
      expect(await focusOn(at.page)).toBe(`div ${at.words.terms.changed}`);
      await expectAccessible(at.page);
      expect(at.network.calls('GET /en')).toBe(2);
      await at.press(at.words.terms.agree);
      await past(at);
      expect(await at.truth.consents()).toMatchObject([{ signatureName: 'Ana Rivera' }]);
    },
  );

  test('that are newer than those agreed to are asked again, and that is said', async () => {
    const at = await begin(patientUser(await portal().patient()));
    const earlier = {
      id: 'con_1',
      decision: 'accepted',
      text: { language: 'en', version: '2020-01-01', sha256: 'aa' },
      actor: { kind: 'patient', subject: 'user-17' },
      signatureName: 'Ana Rivera',
      at: '2020-01-02T12:00:00.000Z',
    };
    await at.network.answerInstead('GET /consents', 200, { consents: [earlier] });
    await at.walk.toTerms();
    await at.see(at.words.terms.changed);
    await at.walk.agree();
    await past(at);
  });

  test('that are not the published ones are not shown, and cannot be agreed to', async () => {
    const at = await begin(patientUser(await portal().patient()));
    const { text, ...rest } = await textIn('en');
    const forged = text.replace('You do not have to agree.', 'You have to agree.');
    await at.network.answerInstead('GET /en', 200, { ...rest, language: 'en', text: forged });
    await at.walk.toTerms();
    await at.see(at.words.trouble.unexpected);
    expect(await at.page.getByText('You have to agree.').count()).toBe(0);
    expect(await at.page.getByLabel(at.words.terms.name).count()).toBe(0);
    await expectAccessible(at.page);
    await at.press(at.words.trouble.again);
    await at.see('You do not have to agree.');
    expect(await focusOn(at.page)).toBe(`h2 ${at.words.terms.heading}`);
  });

  test('are printed alone, and saved word for word, with version and hash', async () => {
    const { page, press, words, complaints } = await asked();
    const { text, version, sha256 } = await textIn('en');
    await page.addInitScript(() => {
      window.print = () => {
        (window.parent as unknown as { printed: string }).printed = document.body.innerText;
        window.dispatchEvent(new Event('afterprint'));
      };
    });
    await press(words.terms.print);
    const printed = await page.waitForFunction(
      () => (window as unknown as { printed?: string }).printed,
    );
    const proof = `Version ${version} (${sha256})`;
    expect(plain(String(await printed.jsonValue()))).toBe(plain(text + proof));
    await page.waitForFunction(() => document.querySelector('iframe') === null);

    const [download] = await Promise.all([page.waitForEvent('download'), press(words.terms.save)]);
    expect(download.suggestedFilename()).toBe(`consent-${version}.txt`);
    expect(await readFile(await download.path(), 'utf8')).toBe(`${text}\n\n${proof}`);
    expect(complaints).toEqual([]);
  });

  test('are agreed to once when the answer is lost, again and again', async () => {
    const at = await asked();
    await at.network.loseAnswer('POST /consents', 3);
    await at.walk.agree();
    await at.see(at.words.busy.working);
    await at.see(at.words.trouble.unreachable);
    await expectAccessible(at.page);
    expect(await at.page.getByLabel(at.words.terms.name).inputValue()).toBe('Ana Rivera');
    await at.press(at.words.trouble.again);
    await past(at);
    expect(at.network.calls('POST /consents')).toBe(4);
    expect(await at.truth.consents()).toHaveLength(1);
  });

  test('are agreed to although the token has expired: the page is asked for a new one, nothing is lost', async () => {
    const at = await asked();
    await at.network.answerInstead('POST /consents', 401, { code: 'edge/token-expired' });
    at.tokens.next('none');
    await at.walk.agree();
    await at.see(at.words.trouble.signedOut);
    await expectAccessible(at.page);
    expect(await at.page.getByLabel(at.words.terms.name).inputValue()).toBe('Ana Rivera');
    await at.press(at.words.trouble.signIn);
    await past(at);
    expect(at.tokens.asked.map(({ kind }) => kind)).toEqual(['first', 'expired', 'expired']);
    expect(await at.truth.consents()).toHaveLength(1);
  });
});
