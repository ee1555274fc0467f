import { expect, test } from '@jest/globals';
import type { Route } from 'playwright-core';
import { SAMPLE_PATIENTS } from '../../infra/local/sample/record.ts';
import { en } from '../../portal/words/en.ts';
import { es } from '../../portal/words/es.ts';
import { describeWith } from '../support/needs.ts';
import { spokenOn } from './support/checks.ts';
import { HOST_ORIGIN } from './support/host-page.ts';
import { usePortal } from './support/portal.ts';
import { patientUser } from './support/users.ts';

const ANA = patientUser(SAMPLE_PATIENTS.ana.id);

/** Files beside that of the component: those of its words. */
const WORDS = `${HOST_ORIGIN}/share-with-direct.*.json`;

interface Giving {
  giveToken(reason: object, patient: string): Promise<string>;
}

describeWith(['chromium', 'java', 'time'], 'the element, whatever a page does with it', () => {
  const portal = usePortal();

  test('is a region of the name of what it does, and its role is none that HTML does not know', async () => {
    const { page } = await portal().open({ user: { ...ANA, kind: 'provider' } });
    expect(await spokenOn(page)).toContain(`region ${en.title}`);
    expect(await page.locator('share-with-direct').getAttribute('role')).toBe(null);
  });

  test('takes up a token that was set before its file was there', async () => {
    const { page } = await portal().open({ user: ANA });
    await page.route(`${HOST_ORIGIN}/share-with-direct.js`, async (route) => {
      await page.evaluate(() => {
        const early = document.createElement('share-with-direct');
        const [, fragment] = location.href.split('#');
        for (const [name, value] of new URLSearchParams(fragment)) early.setAttribute(name, value);
        early.id = 'early';
        Object.assign(early, {
          token: (reason: object) => (window as unknown as Giving).giveToken(reason, 'sample-ana'),
        });
        document.querySelector('main')?.prepend(early);
      });
      await route.continue();
    });
    await page.reload();
    await page.locator('#early').getByRole('heading', { name: en.title }).waitFor();
  });

  test('speaks another language as soon as it is told to, and keeps the screen', async () => {
    const { page, see } = await portal().open({ user: ANA });
    await page.getByRole('heading', { name: en.title }).waitFor();
    await page.evaluate(() => {
      document.querySelector('share-with-direct')?.setAttribute('lang', 'es-MX');
    });
    await see(es.home.about);
    expect(await spokenOn(page)).toContain(`region ${es.title}`);
  });

  test.each<[string, (route: Route) => Promise<void>]>([
    ['do not come', (route) => route.abort()],
    [
      'are others than it was built with',
      (route) => route.fulfill({ json: { ...en, title: 'Give me' } }),
    ],
  ])('says so when its words %s, and shows them when they are tried again', async (_, spoil) => {
    const { page, press, see, heard } = await portal().open({ user: ANA });
    await page.route(WORDS, spoil);
    await page.reload();
    await see(en.trouble.unreachable);
    expect(heard).toEqual([{ type: 'share-trouble', detail: { code: 'portal/unreachable' } }]);
    await page.unroute(WORDS);
    await press(en.trouble.again);
    await see(en.home.about);
  });

  test('stays as it is, with what was typed, when another language does not come', async () => {
    const { page, press, see } = await portal().open({ user: ANA });
    await press(en.home.share);
    await page.getByLabel(en.terms.name).fill('Ana');
    const asked = page.waitForEvent('requestfailed');
    await page.route(WORDS, (route) => route.abort());
    await page.evaluate(() => {
      document.querySelector('share-with-direct')?.setAttribute('lang', 'es');
    });
    await asked;
    await see(en.terms.heading);
    expect(await page.getByLabel(en.terms.name).inputValue()).toBe('Ana');
  });

  test('shows nothing without a token, without a patient or without an API', async () => {
    const { page } = await portal().open({ user: ANA });
    const shown = await page.evaluate(() =>
      [
        { api: 'http://127.0.0.1:1' },
        { patient: 'p' },
        { api: 'http://127.0.0.1:1', patient: '' },
      ].map((attributes) => {
        const element = document.createElement('share-with-direct');
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.token = () => Promise.resolve('');
        document.body.append(element);
        return element.shadowRoot?.childElementCount;
      }),
    );
    expect(shown).toEqual([0, 0, 0]);
  });

  test('begins anew for another patient, and comes back after it was taken out', async () => {
    const { page, press, tokens } = await portal().open({ user: ANA });
    await press(en.home.share);
    await page.getByRole('button', { name: en.home.share }).waitFor({ state: 'detached' });
    await page.evaluate(() => {
      document.querySelector('share-with-direct')?.setAttribute('patient', 'sample-samuel');
    });
    await page.getByRole('button', { name: en.home.share }).waitFor();
    expect(tokens.asked).toEqual([{ kind: 'first' }, { kind: 'first' }]);
    await page.evaluate(() => {
      const element = document.querySelector('share-with-direct');
      element?.remove();
      if (element) document.body.append(element);
    });
    await page.getByRole('button', { name: en.home.share }).waitFor();
  });
});
