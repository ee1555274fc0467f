import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { wordsIn } from '../../portal/words/words.ts';
import { linksOf, ROOT, targetOf } from '../docs/pages.ts';
import { describeWith } from '../support/needs.ts';
import { withPalette } from './support/palette.ts';
import { usePortal } from './support/portal.ts';
import { openIn, STATES } from './support/states.ts';

/** Which states docs/portal.md shows. `SCREENS=1 npx jest test/browser/screens` takes the pictures anew. */
const SHOWN = [
  'home.en',
  'terms.en',
  'terms.es',
  'declined.en',
  'choose-found.en',
  'choose-reachable.en',
  'choose-alike.en',
  'choose-stopped.es',
  'choose-more.en',
  'sent-delivered.en',
  'sent-delivered.es',
  'sent-failed.en',
  'places.en',
  'places-stop.en',
  'change.en',
  'activity.en',
  'home-acting.es',
  'chart.en',
  'chart-add.en',
  'chart-declined.en',
  'chart-sent.en',
] as const;

const FOLDER = 'docs/screens';
const fileOf = (name: string): string => `${FOLDER}/${name}.png`;
const bytesOf = (file: string): Buffer => readFileSync(join(ROOT, file));

const picturesOn = (page: string): readonly string[] =>
  linksOf(page)
    .map((link) => targetOf(page, link).file)
    .filter((file) => file.startsWith(`${FOLDER}/`));

describe('pictures of the screens', () => {
  test.each(SHOWN)('%s is a PNG, and small', (name) => {
    const bytes = bytesOf(fileOf(name));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeLessThan(60_000);
  });

  test('are small together, and there are no others', () => {
    const files = readdirSync(join(ROOT, FOLDER)).toSorted();
    expect(files).toEqual(SHOWN.map((name) => `${name}.png`).toSorted());
    const bytes = SHOWN.reduce((sum, name) => sum + bytesOf(fileOf(name)).length, 0);
    expect(bytes).toBeLessThan(600_000);
  });

  test('are all on docs/portal.md, and some on README.md', () => {
    expect(picturesOn('docs/portal.md').toSorted()).toEqual(SHOWN.map(fileOf).toSorted());
    expect(picturesOn('README.md').length).toBeGreaterThan(1);
  });
});

if (process.env['SCREENS'] === '1') {
  describeWith(['chromium', 'java'], 'taking pictures of the screens', () => {
    const portal = usePortal();

    test.each(SHOWN)(
      '%s',
      async (name) => {
        const [wanted, lang] = name.split('.') as [string, 'en' | 'es'];
        const state = STATES.find((each) => each.name === wanted);
        if (!state) throw new Error(`There is no state ${wanted}`);
        const { page } = await openIn(portal(), state, lang, wordsIn(lang));
        await page.setViewportSize({ width: 640, height: 400 });
        mkdirSync(join(ROOT, FOLDER), { recursive: true });
        const element = page.locator('share-with-direct');
        const picture = await element.screenshot({ animations: 'disabled' });
        writeFileSync(join(ROOT, fileOf(name)), withPalette(picture));
      },
      60_000,
    );
  });
}
