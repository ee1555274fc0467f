import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CONFIG, ConfigError, readConfig } from '../../infra/config.ts';
import { readRegister, writeRegister } from '../../infra/consent-texts.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const ENGLISH = 'consent-texts/en/2026-11-22.md';
/** SHA-256 of `You are asking **New Health** again.` */
const NEW_SHA256 = '8c3c2b27a2ffb10398516571e3e40d4ab0757ce836d1476a953deb84e83662f6';
const LIST = 'consent-texts/published.json';

/** A copy of the real configuration in which one thing was changed. */
function changed(change: (path: (name: string) => string) => void): string {
  const folder = temporaryFolder();
  cpSync(CONFIG, folder, { recursive: true });
  change((name) => join(folder, name));
  return folder;
}

const rewrite = (path: string, from: string, to: string): void =>
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));

function complaintAbout(folder: string): string {
  try {
    readConfig({ stage: 'sandbox', folder });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('There was no complaint');
}

const renamed = (path: (name: string) => string): void =>
  rewrite(path('sandbox.json'), '"holderName": "Example Health"', '"holderName": "New Health"');

describe('what patients agreed to', () => {
  test('is in English and Spanish, in the name of the holder, and its hash is on the list', () => {
    const { consentTexts } = readConfig({ stage: 'sandbox' }).settings;
    expect(consentTexts.map(({ language }) => language)).toEqual(['en', 'es']);
    for (const { text } of consentTexts) expect(text).toContain('**Example Health**');
    const list = readRegister(join(CONFIG, 'consent-texts'))['sandbox'];
    expect(Object.keys(list ?? {})).toEqual(['en/2026-11-22', 'es/2026-11-22']);
  });

  test('cannot be edited', () => {
    const folder = changed((path) => rewrite(path(ENGLISH), 'cannot', 'can'));
    expect(complaintAbout(folder)).toMatch(
      /sandbox\.json: The consent texts are wrong:\n {2}en\/2026-11-22 is not as it was published.*new version/,
    );
  });

  test('cannot be removed', () => {
    const folder = changed((path) => rmSync(path(ENGLISH)));
    expect(complaintAbout(folder)).toContain(
      'en/2026-11-22 was published and is gone. Put it back',
    );
  });

  test('cannot come to have another version', () => {
    const folder = changed((path) =>
      renameSync(path(ENGLISH), path('consent-texts/en/2027-01-01.md')),
    );
    expect(complaintAbout(folder)).toContain('en/2026-11-22 was published and is gone');
  });

  test('keeps the name of the holder that was in it', () => {
    const folder = changed((path) => {
      renamed(path);
      for (const language of ['en', 'es']) {
        const text = join(path('consent-texts'), language, '2027-01-01.md');
        writeFileSync(text, 'You are asking **{holder}** again.');
      }
      const list = path('consent-texts');
      const fresh = { holder: 'New Health', sha256: NEW_SHA256 };
      const published = readRegister(list)['sandbox'];
      writeRegister(list, 'sandbox', {
        ...published,
        'en/2027-01-01': fresh,
        'es/2027-01-01': fresh,
      });
    });
    const { consentTexts } = readConfig({ stage: 'sandbox', folder }).settings;
    const english = consentTexts.filter(({ language }) => language === 'en');
    expect(english.map(({ text }) => text.match(/\*\*(.+?)\*\*/)?.[1])).toEqual([
      'Example Health',
      'New Health',
    ]);
  });

  test('is not asked for in an old name any more', () => {
    expect(complaintAbout(changed(renamed))).toContain(
      'en/2026-11-22 was published in the name of "Example Health", and the holder is "New Health" now.',
    );
  });

  test('is what was published: a text that is not on the list goes nowhere', () => {
    const folder = changed((path) =>
      writeFileSync(path('consent-texts/en/2027-01-01.md'), 'Another text.'),
    );
    expect(complaintAbout(folder)).toContain(
      'en/2027-01-01 is not published. If patients are to agree to it as it is: npm run transmit -- publish-text sandbox',
    );
  });

  test('is not on a list that cannot be read', () => {
    const folder = changed((path) => writeFileSync(path(LIST), '{"sandbox":{"en/1":{}}}'));
    expect(complaintAbout(folder)).toMatch(/published\.json: The list of published texts is wrong/);
    expect(complaintAbout(changed((path) => writeFileSync(path(LIST), '[')))).toMatch(
      /published\.json: /,
    );
  });
});

test('on one machine a text may be tried out before it is published', () => {
  const folder = changed((path) => {
    rmSync(path(LIST));
    rewrite(path('sandbox.json'), '"holderName"', '"stage": "local", "holderName"');
  });
  const file = join(folder, 'sandbox.json');
  const { anchors } = readConfig({ stage: 'sandbox' }).settings;
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), anchors }));
  expect(readConfig({ stage: 'sandbox', file, folder }).settings.consentTexts).toHaveLength(2);
});
