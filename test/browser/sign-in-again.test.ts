import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { ANA, hostedPage, type HostedPage, NOT } from './support/hosted-page.ts';
import { usePortal } from './support/portal.ts';

/** Who has to sign the terms each time, so that each test has something typed that may not be lost. */
const PARENT = `A parent of ${ANA}`;
const STEP_UP = 'Bearer error="insufficient_user_authentication", acr_values="loa3", max_age="300"';

describeWith(['chromium', 'java', 'time'], 'a token that will not do, in mid-flow', () => {
  const portal = usePortal();
  let hosted: HostedPage;
  let page: Page;
  beforeEach(async () => {
    hosted = await hostedPage(portal().browser, portal().system);
    ({ page } = hosted);
  });
  afterEach(async () => {
    portal().system.issuer.grantBy({});
    await hosted.close();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const name = () => page.getByLabel('Type your name to sign');

  /** The terms, with a name under them, and a token that will be refused when they are agreed to. */
  const signed = async (challenge?: string): Promise<void> => {
    await page.goto(`${hosted.url}/share`);
    await hosted.signInAs(PARENT);
    await button('Share with Direct').click();
    await name().fill('Luz Rivera');
    await hosted.refuseOnce('/consents', challenge);
  };
  const withoutRefresh = (): void => portal().system.issuer.grantBy({ isRenewable: false });
  const popupOf = async (pressed: string): Promise<Page> => {
    const [opened] = await Promise.all([page.waitForEvent('popup'), button(pressed).click()]);
    await opened.waitForURL(/\/authorize/);
    return opened;
  };
  const seeNext = () => page.getByRole('heading', { name: 'Where should it go?' }).waitFor();
  const seeTrouble = (text: string) => page.getByRole('alert').getByText(text).waitFor();

  test('is renewed without a word where there is a refresh token', async () => {
    const opened: Page[] = [];
    page.on('popup', (popup) => opened.push(popup));
    await signed();
    await button('I agree').click();
    await seeNext();
    expect(opened).toEqual([]);
  });

  test('has expired when it comes, and another is got before anything is shown', async () => {
    const { issuer } = portal().system;
    issuer.grantBy({ tokensLastSeconds: -3600 });
    // From the first call on, which the API refuses, tokens last again.
    await page.route(`${hosted.url}/v1/**`, (route) => {
      issuer.grantBy({});
      return route.continue();
    });
    const refused = page.waitForResponse((answer) => answer.status() === 401);
    await page.goto(`${hosted.url}/share`);
    await hosted.signInAs(ANA);
    await refused;
    await button('Share with Direct').waitFor();
    await page.getByRole('heading', { name: 'Where my record goes' }).waitFor();
  });

  test('without one somebody signs in again in a window, and all goes on', async () => {
    withoutRefresh();
    await signed();
    const popup = await popupOf('I agree');
    expect(await popup.evaluate(() => window.opener as unknown)).toBeNull();
    await page.getByText('Sign in again in the window that opened.').waitFor();
    await expectAccessible(page);
    expect(await name().inputValue()).toBe('Luz Rivera');
    const closed = popup.waitForEvent('close');
    await hosted.signInAs(PARENT, popup);
    await closed;
    await seeNext();
    expect(await page.getByText('in the window that opened').count()).toBe(0);
  });

  test('is not strong enough: the window asks for what the API asks for', async () => {
    await signed(STEP_UP);
    const popup = await popupOf('I agree');
    const { searchParams: asked } = new URL(popup.url());
    expect([asked.get('acr_values'), asked.get('max_age')]).toEqual(['loa3', '300']);
    await hosted.signInAs(PARENT, popup);
    await seeNext();
  });

  test('somebody else who signs in there is turned away, and what was typed stays', async () => {
    withoutRefresh();
    await signed();
    await hosted.signInAs('Samuel Okafor', await popupOf('I agree'));
    await seeTrouble('You signed in as someone else.');
    await expectAccessible(page);
    expect(await name().inputValue()).toBe('Luz Rivera');
    await hosted.signInAs(PARENT, await popupOf('Sign in again'));
    await seeNext();
  });

  test('nobody signs in there, or the window is given up: then it can be tried again', async () => {
    withoutRefresh();
    await signed();
    await hosted.signInAs(NOT, await popupOf('I agree'));
    await seeTrouble('You did not sign in.');
    const popup = await popupOf('Sign in again');
    await button('Cancel').click();
    await popup.close();
    await seeTrouble('Your sign-in has ended.');
    expect(await name().inputValue()).toBe('Luz Rivera');
    await hosted.signInAs(PARENT, await popupOf('Sign in again'));
    await seeNext();
  });

  test('a browser that opens no windows is spoken of', async () => {
    withoutRefresh();
    await page.addInitScript(() => {
      window.open = () => null;
    });
    await signed();
    await button('I agree').click();
    await seeTrouble('Your browser blocked the sign-in window.');
    await expectAccessible(page);
    expect(await name().inputValue()).toBe('Luz Rivera');
  });

  test('an answer that another page was given is nothing to this one', async () => {
    withoutRefresh();
    await signed();
    const popup = await popupOf('I agree');
    const other = await page.context().newPage();
    await other.goto(`${hosted.url}/share?code=theirs&state=window.guessed`);
    await other.getByText('You can close this window.').waitFor();
    await other.close();
    await page.getByText('Sign in again in the window that opened.').waitFor();
    await hosted.signInAs(PARENT, popup);
    await seeNext();
  });
});
