import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { publishTextCommand } from '../../infra/cli/commands/publish-text.ts';
import { CONFIG, readConfig } from '../../infra/config.ts';
import { sha256 } from '../../shared/ids.ts';
import { runCli } from './run-cli.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-text-'));
  cpSync(CONFIG, folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const publish = (...args: string[]) =>
  runCli({ 'publish-text': publishTextCommand }, 'publish-text', ...args, '--folder', folder);

const list = () => readFileSync(join(folder, 'consent-texts/published.json'), 'utf8');

const write = (version: string, text: string): void =>
  writeFileSync(join(folder, `consent-texts/en/${version}.md`), text);

describe('publish-text', () => {
  test('puts new texts on the list, as patients read them, and they can be deployed', async () => {
    write('2027-01-01', 'You ask {holder}.');
    const ran = await publish('sandbox');
    const hash = sha256('You ask Example Health.');
    expect(ran).toEqual({
      exitCode: 0,
      out: [`en/2027-01-01 ${hash} in the name of Example Health`, '1 published for sandbox'],
      err: [],
    });
    const { consentTexts } = readConfig({ stage: 'sandbox', folder }).settings;
    expect(consentTexts.find(({ version }) => version === '2027-01-01')?.text).toBe(
      'You ask Example Health.',
    );
  });

  test('has nothing to do twice, and leaves the list alone', async () => {
    const before = list();
    expect(await publish('sandbox')).toMatchObject({
      exitCode: 0,
      out: ['0 published for sandbox'],
    });
    expect(list()).toBe(before);
  });

  test('keeps what other stages published', async () => {
    const before = JSON.parse(list());
    const sandbox = JSON.parse(readFileSync(join(folder, 'sandbox.json'), 'utf8'));
    writeFileSync(
      join(folder, 'other.json'),
      JSON.stringify({
        ...sandbox,
        deployment: { ...sandbox.deployment, acknowledged: ['old-tls'] },
        holderName: 'Other Health',
        anchors: readConfig({ stage: 'sandbox', folder }).settings.anchors,
      }),
    );
    expect(await publish('other')).toMatchObject({ exitCode: 0 });
    const register = JSON.parse(list());
    expect(Object.keys(register)).toEqual([...Object.keys(before), 'other']);
    expect(register.other['en/2026-11-22'].holder).toBe('Other Health');
    expect(register.sandbox['en/2026-11-22'].holder).toBe('Example Health');
  });

  test('does not publish again what was edited', async () => {
    const before = list();
    write('2026-11-22', 'You agree to anything.');
    const ran = await publish('sandbox');
    expect(ran).toMatchObject({ exitCode: 1, out: [] });
    expect(ran.err.join('\n')).toContain('en/2026-11-22 is not as it was published');
    expect(list()).toBe(before);
  });

  test('wants a stage that is there', async () => {
    expect(await publish('nowhere')).toMatchObject({
      exitCode: 1,
      err: [expect.stringContaining('There is no stage "nowhere"')],
    });
  });
});
