import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { ANA, hostedPage, type HostedPage, NOT } from './support/hosted-page.ts';
import { usePortal } from './support/portal.ts';

describeWith(['chromium', 'java', 'time'], 'signing in on the hosted pages', () => {
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

  const seeTrouble = async (text: string): Promise<void> => {
    await page.getByRole('alert').getByText(text).waitFor();
    await expectAccessible(page);
  };
  const signInAgain = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await hosted.signInAs(ANA);
    await hosted.seeComponent();
  };
  /** What a page leaves behind: nothing about anybody. */
  const expectNoTrace = async (path: string): Promise<void> => {
    expect(page.url()).toBe(`${hosted.url}${path}`);
    const kept = await page.evaluate(() => [
      Object.keys(sessionStorage),
      Object.keys(localStorage),
      document.cookie,
    ]);
    expect(kept).toEqual([['language'], [], '']);
  };

  /** As a browser does that keeps pages for its button that goes back: ours here keeps none. */
  const kept = (moment: 'pagehide' | 'pageshow'): Promise<void> =>
    page.evaluate((name) => {
      dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
    }, moment);

  describe('sample users', () => {
    test('come from the first page, which leads to both others', async () => {
      await page.goto(`${hosted.url}/`);
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Share my record' }).click();
      await hosted.signInAs(ANA);
      await hosted.seeComponent();
      await page.getByRole('button', { name: 'Share with Direct' }).waitFor();
      await expectNoTrace('/share');
      await expectAccessible(page);
    });

    test.each([
      ['/share', 'Samuel Okafor'],
      ['/share', `A parent of ${ANA}`],
      ['/share', 'The daughter of Samuel Okafor'],
      ['/provider', `Dr. Lee Morgan, with the chart of ${ANA} open`],
      ['/provider', 'Dr. Lee Morgan, with the chart of Samuel Okafor open'],
    ])('%s: %s', async (path, label) => {
      await page.goto(hosted.url + path);
      await hosted.signInAs(label);
      await hosted.seeComponent();
      await expectNoTrace(path);
      expect(await page.getByText('is not for').count()).toBe(0);
    });

    test('who act for several choose for whom', async () => {
      await page.goto(`${hosted.url}/share`);
      await hosted.signInAs('A guardian of both');
      await page.getByRole('heading', { name: 'Whose record do you want to share?' }).waitFor();
      await page.getByRole('button', { name: ANA }).waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Samuel Okafor' }).click();
      await hosted.seeComponent();
      expect(await page.locator('share-with-direct').getAttribute('patient')).toBe('sample-samuel');
    });

    test('do not sign in, are told so, and can after all', async () => {
      await page.goto(`${hosted.url}/share`);
      await hosted.signInAs(NOT);
      await seeTrouble('You did not sign in. Nothing was shared.');
      await signInAgain();
    });

    test('leave a page that the browser keeps: it is empty, and signs in anew when it is shown again', async () => {
      await page.goto(`${hosted.url}/share`);
      await hosted.signInAs(ANA);
      await hosted.seeComponent();
      await kept('pagehide');
      expect(await page.locator('body').innerHTML()).toBe('');
      await kept('pageshow');
      await hosted.signInAs(ANA);
      await hosted.seeComponent();
    });

    test('sign out: nothing is left, not even behind the button that goes back', async () => {
      await page.goto(`${hosted.url}/share`);
      await hosted.signInAs(ANA);
      await hosted.seeComponent();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(`${hosted.url}/`);
      await page.goBack();
      expect(await page.locator('share-with-direct').count()).toBe(0);
    });
  });

  describe('an answer that nobody here asked for', () => {
    test('of somebody else is not taken: the state is not of this window', async () => {
      const other = await hostedPage(portal().browser, portal().system);
      const [answer] = await Promise.all([
        other.page.waitForRequest((request) => request.url().includes('/share?code=')),
        other.page.goto(`${other.url}/share`).then(() => other.signInAs('Samuel Okafor')),
      ]);
      await other.close();
      await page.goto(answer.url());
      await seeTrouble('This sign-in was not started on this page');
      await signInAgain();
    });

    test('is not taken after one was: neither its state nor its code is good twice', async () => {
      await page.goto(`${hosted.url}/share`);
      const answered = page.waitForRequest((request) => request.url().includes('/share?code='));
      await hosted.signInAs(ANA);
      await hosted.seeComponent();
      await page.goto((await answered).url());
      await seeTrouble('This sign-in was not started on this page');
    });

    test.each([
      '?code=x&state=y',
      '?error=access_denied&state=y&error_description=Call+555',
      '?code=x',
      '?code=a&code=b&state=y',
      '?launch=x',
    ])('%s', async (search) => {
      await page.goto(`${hosted.url}/share${search}`);
      await seeTrouble('This sign-in was not started on this page');
      expect(await page.getByText('555').count()).toBe(0);
      await expectNoTrace('/share');
    });
  });

  describe('a code', () => {
    test('that is too old is told as such, and another gets in', async () => {
      portal().system.issuer.grantBy({ codesLastSeconds: -1 });
      await page.goto(`${hosted.url}/share`);
      await hosted.signInAs(ANA);
      await seeTrouble('Your sign-in took too long, or its link was used before.');
      portal().system.issuer.grantBy({});
      await signInAgain();
    });

    test('that somebody used on the way is worth nothing', async () => {
      const { issuer } = portal().system;
      await page.route(`${issuer.url}/token`, async (route) => {
        const mine = new URLSearchParams(route.request().postData() ?? '');
        mine.delete('code_verifier');
        const theirs = await fetch(`${issuer.url}/token`, { method: 'POST', body: mine });
        expect(theirs.status).toBe(400);
        await route.continue();
      });
      await page.goto(`${hosted.url}/share`);
      await hosted.signInAs(ANA);
      await seeTrouble('Your sign-in took too long, or its link was used before.');
    });

    test('stays with the page when the sign-in service is away', async () => {
      const { issuer } = portal().system;
      await page.route(`${issuer.url}/token`, (route) => route.abort('connectionrefused'), { times: 1 }); // prettier-ignore
      await page.goto(`${hosted.url}/share`);
      await hosted.signInAs(ANA);
      await seeTrouble('We cannot reach the sign-in service.');
      await signInAgain();
    });
  });

  test('an EHR opens a page for a patient; anybody else is refused', async () => {
    const { issuer } = portal().system;
    const iss = encodeURIComponent(`${issuer.url}/fhir`);
    await page.goto(`${hosted.url}/provider?launch=xyz&iss=${iss}`);
    await page.waitForURL(/authorize/);
    const { searchParams: asked } = new URL(page.url());
    expect([asked.get('launch'), asked.get('aud')]).toEqual(['xyz', `${issuer.url}/fhir`]);
    await page.goto(`${hosted.url}/provider?launch=xyz&iss=https://evil.example`);
    await seeTrouble('We do not know who opened this page');
  });

  test('the language is the one asked for, on the way there and back, and can be changed', async () => {
    await page.goto(`${hosted.url}/share?lang=es`);
    await page.waitForURL(/authorize/);
    expect(new URL(page.url()).searchParams.get('ui_locales')).toBe('es');
    await hosted.signInAs(NOT);
    await seeTrouble('Usted no entró.');
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await page.getByRole('button', { name: 'Entrar' }).click();
    await hosted.signInAs(ANA);
    await page.getByRole('button', { name: 'Compartir por Direct' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Share with Direct' }).waitFor();
    // Told once the page is drawn.
    await page.locator('html[lang="en"]').waitFor();
  });
});
