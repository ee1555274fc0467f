import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { LocalSystem } from '../../../infra/local/local-system.ts';

/** One of the pages that we host, in a browser of its own. */
export interface HostedPage {
  readonly page: Page;
  /** Of the portal: where its pages lie. */
  readonly url: string;
  /** On the sign-in of this machine: chooses who to be. */
  readonly signInAs: (label: string, page?: Page) => Promise<void>;
  /** The component is there, and has something to show. */
  readonly seeComponent: () => Promise<void>;
  /** The next call whose path ends so is refused for want of a better token. */
  readonly refuseOnce: (end: string, challenge?: string) => Promise<void>;
  /**
   * @throws Error when a script failed, the policy forbade something, or anybody was asked for anything but the portal and
   *   the issuer. Answers that are no success are no failure.
   */
  readonly close: () => Promise<void>;
}

export const ANA = 'Ana Lucía Rivera';
export const NOT = 'Do not sign in';

export async function hostedPage(
  browser: Browser,
  { portalUrl, issuer }: Pick<LocalSystem, 'portalUrl' | 'issuer'>,
  options: BrowserContextOptions = {},
): Promise<HostedPage> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const url = portalUrl ?? '';
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) faults.push(message.text());
  });
  context.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== url && origin !== issuer.url) faults.push(`asked ${origin}`);
  });
  return {
    page,
    url,
    signInAs: async (name, where = page) => {
      await where.waitForURL(`${issuer.url}/authorize**`);
      await where.getByRole('button', { name, exact: true }).click();
    },
    seeComponent: () => page.locator('share-with-direct h2').first().waitFor(),
    refuseOnce: async (end, challenge = 'Bearer error="invalid_token"') => {
      const refusal = {
        status: 401,
        headers: { 'www-authenticate': challenge },
        json: { code: 'edge/token-expired' },
      };
      await page.route(`${url}/v1/**${end}`, (route) => route.fulfill(refusal), { times: 1 });
    },
    close: async () => {
      await context.close();
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
  };
}
