import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { en } from '../../portal/words/en.ts';
import { filled } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { focusOn } from './support/checks.ts';
import { usePortal } from './support/portal.ts';
import { LOPEZ } from './support/states.ts';
import { patientUser, providerUser } from './support/users.ts';

/** What the focus is on, by its label. */
const nameOnFocus = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.querySelector('share-with-direct')?.shadowRoot?.activeElement;
    const label = focused instanceof HTMLInputElement ? focused.labels?.[0] : undefined;
    const text = label ?? focused;
    return (focused?.getAttribute('aria-label') ?? text?.textContent ?? '').trim();
  });

/** By the Tab key alone, as far as it takes. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < 40; count++) {
    await page.keyboard.press('Tab');
    const now = await nameOnFocus(page);
    if (now.startsWith(name)) return;
    passed.push(now);
  }
  throw new Error(`Tab does not lead to ${name}, but to ${passed.join(', ')}`);
}

async function enter(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(text);
}

const seeHeading = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('heading', { name, exact: true }).waitFor();
  expect(await focusOn(page)).toBe(`h2 ${name}`);
};

describeWith(['chromium', 'java', 'time'], 'who uses the keyboard alone', () => {
  const portal = usePortal();

  test('shares as a patient: each screen takes the focus to its heading, and what arrives is told', async () => {
    const { page, see } = await portal().open({ user: patientUser(await portal().patient()) });
    await see(en.places.none);
    await enter(page, en.home.share);
    await seeHeading(page, en.terms.heading);
    await see(en.terms.name);
    await typeInto(page, en.terms.name, 'Ana Rivera');
    await enter(page, en.terms.agree);
    await seeHeading(page, en.choose.title);
    await typeInto(page, en.choose.find, 'heart');
    await see('Portland Heart Center');
    await enter(page, 'Portland Heart Center');
    await enter(page, en.choose.share);
    await seeHeading(page, en.copies.heading);
    const told = page.locator('[aria-live=polite]').getByText(en.copies.status.delivered);
    await told.waitFor({ state: 'attached', timeout: 30_000 });
    expect(await focusOn(page)).toBe(`h2 ${en.copies.heading}`);
    await enter(page, en.copies.done);
    await see(en.places.title);
  }, 90_000);

  test('adds an address as a provider, with a radio button by Space and one by an arrow', async () => {
    const { page, see } = await portal().open({ user: providerUser(await portal().patient()) });
    await see(en.provider.add);
    await enter(page, en.provider.add);
    await seeHeading(page, en.terms.heading);
    await see(en.provider.answer);
    await tabTo(page, en.provider.decision.accepted);
    await page.keyboard.press('Space');
    await tabTo(page, en.provider.method.oral);
    await page.keyboard.press('ArrowDown');
    expect(await nameOnFocus(page)).toBe(en.provider.method.written);
    await tabTo(page, en.provider.identity.known);
    await page.keyboard.press('Space');
    await enter(page, en.provider.record);
    await seeHeading(page, en.choose.title);
    await typeInto(page, en.choose.address, LOPEZ);
    await enter(page, en.choose.share);
    await see(en.copies.heading, 20_000);
    await seeHeading(page, en.copies.heading);
  }, 90_000);

  test('stops, thinks better of it by Escape, and stops', async () => {
    const { page, see } = await portal().open({ user: patientUser(await portal().patient()) });
    await see(en.places.none);
    await enter(page, en.home.share);
    await see(en.terms.name);
    await typeInto(page, en.terms.name, 'Ana Rivera');
    await page.keyboard.press('Enter');
    await seeHeading(page, en.choose.title);
    await typeInto(page, en.choose.address, LOPEZ);
    await tabTo(page, en.choose.update);
    await page.keyboard.press('Space');
    await enter(page, en.choose.share);
    await see(en.copies.heading, 20_000);
    await enter(page, en.copies.done);
    const stop = filled(en.places.stopOf, { to: LOPEZ });
    await see(LOPEZ);
    await enter(page, stop);
    await page.keyboard.press('Escape');
    expect(await nameOnFocus(page)).toBe(stop);
    await page.keyboard.press('Enter');
    await enter(page, en.places.stop);
    const said = filled(en.places.stopped, { to: LOPEZ });
    await see(said);
    expect(await focusOn(page)).toContain(said);
  }, 90_000);
});

describeWith(['chromium', 'java', 'time'], 'who wants less motion', () => {
  const portal = usePortal();

  test.each([
    [true, 0],
    [false, 1],
  ])(
    'reduced: %s',
    async (reducedMotion, moving) => {
      const user = patientUser(await portal().patient());
      const { network, page, press, see } = await portal().open({ user, reducedMotion });
      await see(en.places.none);
      await network.slow(3000);
      await press(en.home.share);
      await see(en.busy.loading);
      const animations = await page.evaluate(
        () => document.querySelector('share-with-direct')?.shadowRoot?.getAnimations().length,
      );
      expect(animations).toBe(moving);
    },
    30_000,
  );
});
