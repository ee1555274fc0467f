import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on a page, into every shadow tree, a line each. The policy of the page stays as it is. */
export async function faultsOn(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  // As a debugger does it, whom no policy of a page binds.
  const expression = `${SOURCE}; axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then((found) => JSON.stringify(found))`;
  const { result } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  const { violations } = JSON.parse(String(result.value)) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id}: ${target.flat().join(' > ')}: ${failureSummary ?? ''}`.replaceAll(/\s+/g, ' '),
    ),
  );
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await faultsOn(page)).toEqual([]);
}
