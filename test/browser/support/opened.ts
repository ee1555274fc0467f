import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Issuer } from '../../../infra/local/world/issuer.ts';
import type { TokenReason } from '../../../portal/share-with-direct.types.ts';
import { HOST_ORIGIN } from './host-page.ts';
import { networkOf, type Network } from './network.ts';
import { tokenRequestFor, type User } from './users.ts';

export interface Opening {
  readonly user: User;
  /** @default en */
  readonly lang?: 'en' | 'es';
  /** CSS pixels before zooming. @default 1024 wide, 900 high */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** 4 is 400 %. @default 1 */
  readonly zoom?: number;
  readonly reducedMotion?: boolean;
  readonly forcedColors?: boolean;
}

/** The tokens that the host page gives. */
export interface Tokens {
  /** Why each was asked for, in order. */
  readonly asked: readonly TokenReason[];
  /** What the next one is like; then they are good again. */
  next(is: 'expired' | 'none'): void;
}

/** A page with the component, in a browser of its own. */
export interface Opened {
  readonly page: Page;
  readonly tokens: Tokens;
  readonly network: Network;
  /** Events that the host page heard, in order. */
  readonly heard: readonly { readonly type: string; readonly detail: object }[];
  /** Errors of scripts and of the policy: there never is one. Answers that are no success are not errors. */
  readonly complaints: readonly string[];
  /** Requests to anybody but the host page and the API: there never is one. */
  readonly strangers: readonly string[];
  /** What a person did since the page came up: clicks, fields filled in, keys. */
  readonly interactions: () => number;
  /** Clicks the button, link, radio or checkbox of this name. */
  readonly press: (name: string | RegExp) => Promise<void>;
  /** Fills in the field of this label. */
  readonly fill: (label: string | RegExp, text: string) => Promise<void>;
  /** Chooses in the list of this label. */
  readonly select: (label: string | RegExp, option: string) => Promise<void>;
  readonly key: (key: string) => Promise<void>;
  /** Waits until this stands on the screen. */
  readonly see: (text: string | RegExp, withinMilliseconds?: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const contextFor = (opening: Opening): BrowserContextOptions => {
  const { viewport = { width: 1024, height: 900 }, zoom = 1 } = opening;
  return {
    viewport: { width: viewport.width / zoom, height: viewport.height / zoom },
    deviceScaleFactor: zoom,
    reducedMotion: opening.reducedMotion ? 'reduce' : 'no-preference',
    forcedColors: opening.forcedColors ? 'active' : 'none',
  };
};

export async function openHostPage(
  browser: Browser,
  { apiUrl, issuer }: { readonly apiUrl: string; readonly issuer: Issuer },
  opening: Opening,
): Promise<Opened> {
  const context = await browser.newContext(contextFor(opening));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const { complaints, strangers } = watch(page, apiUrl);
  const network = networkOf(page, apiUrl);
  const tokens = await giveTokens(page, issuer, opening.user);
  const heard: { type: string; detail: object }[] = [];
  await page.exposeFunction('hear', (type: string, detail: object) => heard.push({ type, detail }));
  await page.goto(`${HOST_ORIGIN}/#${attributesFor(apiUrl, opening)}`);
  await page.locator('share-with-direct h2').first().waitFor();
  return {
    page,
    tokens,
    network,
    heard,
    complaints,
    strangers,
    ...handsOn(page),
    close: () => context.close(),
  };
}

const attributesFor = (apiUrl: string, { user, lang = 'en' }: Opening): string =>
  new URLSearchParams({
    api: apiUrl,
    patient: user.patient,
    lang,
    ...(user.kind === 'provider' && { role: 'provider' }),
  }).toString();

/** What a person does, counted. */
function handsOn(page: Page) {
  let count = 0;
  const exact = true;
  const named = (name: string | RegExp) =>
    page
      .getByRole('button', { name, exact })
      .or(page.getByRole('link', { name, exact }))
      .or(page.getByRole('checkbox', { name, exact }))
      .or(page.getByRole('radio', { name, exact }))
      // Chromium says of a summary that it is a disclosure, for which ARIA has no role.
      .or(page.locator('summary', { hasText: name }));
  return {
    interactions: () => count,
    press: async (name: string | RegExp) => {
      count++;
      await named(name).first().click();
    },
    fill: async (label: string | RegExp, text: string) => {
      count++;
      await page.getByLabel(label, { exact }).first().fill(text);
    },
    select: async (label: string | RegExp, option: string) => {
      count++;
      await page.getByLabel(label, { exact }).first().selectOption(option);
    },
    key: async (key: string) => {
      count++;
      await page.keyboard.press(key);
    },
    see: (text: string | RegExp, timeout = 10_000) =>
      page
        .getByText(text)
        .first()
        .waitFor({ timeout })
        .catch(async (cause: unknown) => {
          const stands = await page.locator('body').ariaSnapshot();
          throw new Error(`${text} did not come. There is:\n${stands}`, { cause });
        }),
  };
}

function watch(page: Page, apiUrl: string) {
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== HOST_ORIGIN && origin !== apiUrl) strangers.push(request.url());
  });
  return { complaints, strangers };
}

async function giveTokens(page: Page, issuer: Issuer, user: User): Promise<Tokens> {
  const asked: TokenReason[] = [];
  let next: 'good' | 'expired' | 'none' = 'good';
  await page.exposeFunction('giveToken', async (reason: TokenReason, patient: string) => {
    asked.push(reason);
    const is = next;
    next = 'good';
    if (is === 'none') throw new Error('signed out');
    const request = tokenRequestFor({ ...user, patient });
    return issuer.token(is === 'expired' ? { ...request, validSeconds: -3600 } : request);
  });
  return {
    asked,
    next: (is) => {
      next = is;
    },
  };
}
