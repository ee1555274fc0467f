import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { publishTextCommand } from '../../infra/cli/commands/publish-text.ts';
import { CONFIG, readConfig } from '../../infra/config.ts';
import { runCli } from '../cli/run-cli.ts';
import { describeWith } from '../support/needs.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { npmScript, SCRIPTS, scriptOf } from './page-commands.ts';
import { BLOCKS, ROOT } from './pages.ts';
import { commandsIn } from './shell.ts';

/** What of the pages can be done without an account is done, in a folder of its own. */

const RUN = SCRIPTS.filter(({ info }) => info.includes('run'));
const FOLDER = mkdtempSync(join(tmpdir(), 'pages-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

beforeAll(async () => {
  const authority = await cachedAuthority();
  const { certificatePem } = await issueQuickly(authority, { address: 'records@direct.example.org' }); // prettier-ignore
  writeFileSync(join(FOLDER, 'CERT.pem'), certificatePem);
  writeFileSync(join(FOLDER, 'ROOT.pem'), authority.certificatePem);
});

// npm would go to the root of the project, and leave there what the page makes.
const HERE = `set -eu
npm() { while [ "$1" != -- ]; do shift; done; shift; '${process.execPath}' '${ROOT}/infra/cli/transmit.ts' "$@"; }
`;

const left = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

/** They write where they are told to, and nowhere else. */
const HARMLESS = ['cost', 'keys', 'publish'];

test('what is marked to be run changes nothing but its folder', () => {
  for (const words of RUN.flatMap((block) => commandsIn(scriptOf(block)))) {
    const { script, args } = npmScript(words);
    expect([script, HARMLESS.includes(args[0] ?? '')]).toEqual(['transmit', true]);
  }
  expect(RUN.length).toBeGreaterThan(4);
});

describeWith(['time'], 'what is marked to be run', () => {
  test.each(RUN.map((block) => [`${block.page}:${block.line}`, block] as const))(
    '%s',
    (_, block) => {
      // prettier-ignore
      const options = { cwd: FOLDER, stdio: 'pipe' as const, encoding: 'utf8' as const };
      expect(execFileSync('bash', ['-c', HERE + scriptOf(block)], options)).toBeDefined();
    },
  );

  test('left behind what the pages go on with', () => {
    expect(left('keys/private-key.pem')).toContain('PRIVATE KEY');
    expect(left('certificates.zone')).toMatch(/^records\.direct\.example\.org\. 1800 IN CERT /m);
    expect(left('entry.ldif')).toMatch(/^mail: records@direct\.example\.org$/m);
  });
});

describe('docs/deploy.md, steps 3 to 5', () => {
  test('make a stage of an example, whose settings and texts are in order', async () => {
    const folder = join(FOLDER, 'config');
    cpSync(CONFIG, folder, { recursive: true });
    copyFileSync(join(folder, 'production.json'), join(folder, 'live.json'));
    expect(() => readConfig({ stage: 'live', folder })).toThrow('publish-text live');
    const args = ['publish-text', 'live', '--folder', folder];
    const { exitCode } = await runCli({ 'publish-text': publishTextCommand }, ...args);
    expect(exitCode).toBe(0);
    expect(readConfig({ stage: 'live', folder })).toMatchObject({ settings: { stage: 'live' } });
  });
});

describe('settings that a page shows whole', () => {
  const whole = BLOCKS.filter(({ info }) => info.join(' ') === 'json settings');

  test.each(whole.map((block) => [`${block.page}:${block.line}`, block] as const))(
    '%s',
    (_, block) => {
      // prettier-ignore
      const file = join(FOLDER, 'shown.json');
      writeFileSync(file, block.text);
      expect(readConfig({ stage: 'sandbox', file }).settings.stage).toBe('sandbox');
    },
  );
});
