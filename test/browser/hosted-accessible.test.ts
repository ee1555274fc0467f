import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeWith } from '../support/needs.ts';
import { faultsOn } from './support/axe.ts';
import { focusFaultsOn, sidewaysOn, smallTargetsOn } from './support/checks.ts';
import { ANA, hostedPage, type HostedPage, NOT } from './support/hosted-page.ts';
import { usePortal } from './support/portal.ts';
import { lookAt, VIEWS, ZOOMED } from './support/views.ts';

type Reach = (hosted: HostedPage, lang: 'en' | 'es') => Promise<unknown>;

const signedInAs =
  (label: string): Reach =>
  async ({ page, url, signInAs }, lang) => {
    await page.goto(`${url}/share?lang=${lang}`);
    await signInAs(label);
  };

const STATES: readonly (readonly [string, Reach])[] = [
  ['start', ({ page, url }, lang) => page.goto(`${url}/?lang=${lang}`)],
  [
    'signing in',
    async ({ page, url }, lang) => {
      await page.goto(`${url}/share?lang=${lang}`);
      await page.waitForURL(/authorize/);
    },
  ],
  [
    'not signed in',
    async (hosted, lang) => {
      await signedInAs(NOT)(hosted, lang);
      await hosted.page.getByRole('alert').waitFor();
    },
  ],
  [
    'for whom',
    async (hosted, lang) => {
      await signedInAs('A guardian of both')(hosted, lang);
      await hosted.page.getByRole('button', { name: ANA }).waitFor();
    },
  ],
  [
    'signed in',
    async (hosted, lang) => {
      await signedInAs(ANA)(hosted, lang);
      await hosted.seeComponent();
    },
  ],
];

const faultsAt = async (page: Page): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const view of VIEWS) {
    await lookAt(page, view);
    const found = [await faultsOn(page), await sidewaysOn(page), await smallTargetsOn(page)];
    faults.push(...found.flat().map((fault) => `${view.name}: ${fault}`));
  }
  await lookAt(page, ZOOMED);
  return [...faults, ...(await focusFaultsOn(page))];
};

describeWith(['chromium', 'java', 'time'], 'every hosted page, at any width', () => {
  const portal = usePortal();
  let hosted: HostedPage;
  beforeEach(async () => {
    hosted = await hostedPage(portal().browser, portal().system);
  });
  afterEach(() => hosted.close());

  describe.each(['en', 'es'] as const)('in %s', (lang) => {
    test.each(STATES)('%s', async (_, reach) => {
      await reach(hosted, lang);
      expect(await faultsAt(hosted.page)).toEqual([]);
    });
  });
});
