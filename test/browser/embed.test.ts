import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { BrowserContext } from 'playwright-core';
import { portalFiles } from '../../infra/portal/pages.ts';
import { SAMPLE_PATIENTS } from '../../infra/local/sample/record.ts';
import { partsOf } from '../docs/pages.ts';
import { describeWith } from '../support/needs.ts';
import { HOST_ORIGIN } from './support/host-page.ts';
import { usePortal } from './support/portal.ts';
import { patientUser, tokenRequestFor } from './support/users.ts';

const API = 'https://api.example.org';
const PORTAL = 'https://portal.example.org';

/** As it stands on docs/portal.md. */
const blockOf = (language: string): string =>
  partsOf('docs/portal.md').blocks.find(({ info }) => info[0] === language)?.text ?? '';

const pageWith = (block: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mine</title></head><body>\n${block}\n</body></html>`;

/** Of a page that allows what docs/portal.md says, and its own script by its hash. */
const policyFor = (block: string): string => {
  const [, script = ''] = /<script type="module">([^]*?)<\/script>/.exec(block) ?? [];
  const hash = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; script-src ${PORTAL} 'sha256-${hash}'; connect-src 'self' ${PORTAL} ${API}; require-trusted-types-for 'script'; trusted-types 'none'`;
};

describeWith(['chromium', 'java', 'time'], 'what docs/portal.md tells pages to do', () => {
  const portal = usePortal();

  /** The hosts that the page names, as they stand for what runs here. */
  const answerFor = async (context: BrowserContext, block: string): Promise<void> => {
    const { system } = portal();
    const hosted = portalFiles(join(import.meta.dirname, '../..'));
    await context.route(`${HOST_ORIGIN}/mine`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': policyFor(block) },
        body: pageWith(block),
      }),
    );
    await context.route(`${PORTAL}/**`, (route, request) => {
      const asked = hosted.find(({ path }) => request.url() === `${PORTAL}/${path}`);
      return route.fulfill({
        status: asked ? 200 : 404,
        contentType: asked?.contentType ?? 'text/plain',
        headers: { 'access-control-allow-origin': '*' },
        body: asked?.body ?? '',
      });
    });
    await context.route('**/my/token', async (route) => {
      const request = tokenRequestFor(patientUser(SAMPLE_PATIENTS.ana.id));
      await route.fulfill({ body: await system.issuer.token(request) });
    });
    await context.route(`${API}/**`, async (route, request) => {
      const response = await route.fetch({ url: request.url().replace(API, system.apiUrl) });
      await route.fulfill({ response });
    });
  };

  test('the block of plain HTML is five lines, and shows the screens', async () => {
    const block = blockOf('html');
    expect(block.split('\n')).toHaveLength(5);
    const context = await portal().browser.newContext();
    try {
      await answerFor(context, block);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(`${HOST_ORIGIN}/mine`);
      await page.getByRole('button', { name: 'Share with Direct' }).click();
      await page.getByLabel('Type your name to sign').waitFor();
      expect(errors.filter((each) => !each.includes('favicon'))).toEqual([]);
    } finally {
      await context.close();
    }
  });

  test('the block of React is five lines', () => {
    expect(blockOf('jsx').split('\n')).toHaveLength(5);
  });
});
