import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../infra/cli/command-list.ts';
import { faultOfAws } from './aws-commands.ts';
import { npmScript, SCRIPTS, scriptOf, SHOWN, shownAs, TRANSMIT } from './page-commands.ts';
import { ROOT } from './pages.ts';
import { commandsIn } from './shell.ts';

/** That every command on the pages is one that can be given. */

/** What people are told to run, besides our own. */
const PROGRAMS = (
  'npm npx aws transmit git cd mkdir cp cat echo printf export sed tr grep date sleep member ' +
  'curl openssl dig base64 apt-get systemctl knotd knotc kzonecheck'
).split(' ');

describe('scripts', () => {
  test('there are some', () => {
    expect(SCRIPTS.length).toBeGreaterThan(10);
    expect(TRANSMIT.length).toBeGreaterThan(15);
  });

  test.each(SCRIPTS.map((block) => [`${block.page}:${block.line}`, block] as const))(
    '%s is shell',
    (_, block) => {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: scriptOf(block) });
      expect([status, String(stderr)]).toEqual([0, '']);
    },
  );

  test('run programs that somebody here has looked at', () => {
    const strange = SHOWN.filter(({ words: [program = ''] }) => !PROGRAMS.includes(program));
    expect(strange).toEqual([]);
  });

  test('are taken apart as a shell does', () => {
    const script = `A=1 B=$(curl -s "$(echo x)/y") npm run -s it -- "a b"'c'\\\n --d # no\ncat <<E | tr a b >f\nnot this\nE\n`;
    expect(commandsIn(script)).toEqual([
      ['echo', 'x'],
      ['curl', '-s', '$(…)/y'],
      ['npm', 'run', '-s', 'it', '--', 'a bc', '--d'],
      ['cat'],
      ['tr', 'a', 'b'],
    ]);
  });
});

/** Where each command of ours reads its options. */
const OPTIONS: Readonly<Record<string, string>> = {
  start: 'infra/local/start.ts',
  demo: 'infra/local/demo/options.ts',
  bench: 'test/bench/arguments.ts',
  conformance: 'test/interop/conformance/arguments.ts',
  simulate: 'test/simulation/command/arguments.ts',
  chaos: 'test/simulation/chaos/arguments.ts',
};
/** Of the CDK command, each looked up in its --help. */
const CDK_OPTIONS = ['-c', '--require-approval', '--exclusively', '--outputs-file', '--profile'];

describe('npm', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };

  test('runs scripts that are there', () => {
    const absent = shownAs('npm').filter(({ words }) => {
      const { script } = npmScript(words);
      return !Object.hasOwn(scripts, script) && script !== 'ci';
    });
    expect(absent).toEqual([]);
  });

  test('gives them options that they have', () => {
    const wrong = shownAs('npm').flatMap(({ where, words }) => {
      const { script, args } = npmScript(words);
      const given = args.filter((word) => /^--?[a-z]/.test(word));
      const has = (option: string): boolean => {
        if (script === 'transmit') return true;
        if (script === 'synth' || script === 'deploy') return CDK_OPTIONS.includes(option);
        const file = OPTIONS[script];
        if (file === undefined) return false;
        return new RegExp(`\\b'?${option.slice(2)}'?: \\{`).test(readFileSync(join(ROOT, file), 'utf8')); // prettier-ignore
      };
      return given.filter((option) => !has(option)).map((option) => [where, script, option]);
    });
    expect(wrong).toEqual([]);
  });
});

test('npx runs the CDK command, with what it has', () => {
  const known = ['bootstrap', 'diff', 'destroy'];
  const options = ['-c', '--all'];
  for (const { where, words } of shownAs('npx')) {
    const [, program, command = '', ...rest] = words;
    const strange = rest.filter((word) => word.startsWith('-') && !options.includes(word));
    expect([where, program, known.includes(command), strange]).toEqual([where, 'cdk', true, []]);
  }
});

const STRANGER = '--an-option-that-no-command-has';

/**
 * What the command itself says to these words: it reads all options before it does anything, and stops at the first that
 * it does not know. So one that nobody knows is put behind them, and has to be what it stops at.
 */
async function faultOf([name = '', ...args]: readonly string[]): Promise<string | undefined> {
  if (name === 'COMMAND' || name.startsWith('--')) return undefined;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return `there is no command ${name}`;
  if (args.includes('--batch')) return command.batch ? undefined : 'it has no --batch';
  const own = args.filter((word) => word !== '--json' && word !== '--help');
  const stopped = await command.run([...own, STRANGER]).catch((error: Error) => error);
  if (!(stopped instanceof Error)) return 'it does not mind an option that nobody has';
  return stopped.message.includes(STRANGER) ? undefined : stopped.message;
}

/** One that is only named, as `--main` in a sentence, stands without its value. */
const withValues = (words: readonly string[]): readonly string[] =>
  /^--(main|settings|anchor|cert)$/.test(words.at(-1) ?? '') ? [...words, 'VALUE'] : words;

describe('transmit', () => {
  test('every call names a command, and options that it has, with their values', async () => {
    const faults = await Promise.all(
      TRANSMIT.map(async ({ where, words }) => [where, words, await faultOf(withValues(words))]),
    );
    expect(faults.filter(([, , fault]) => fault !== undefined)).toEqual([]);
  });

  test('every command stops at an option that it does not have, and so can be asked', async () => {
    for (const name of Object.keys(COMMANDS)) expect([name, await faultOf([name])]).toEqual([name, undefined]); // prettier-ignore
    expect(await faultOf(['show', '--tabel', 'x'])).toContain("'--tabel'");
    expect(await faultOf(['verify-audit', '--table'])).toContain('--table');
  });
});

describe('aws', () => {
  test('every call names an operation, and options that it has', async () => {
    const faults = await Promise.all(
      shownAs('aws').map(async ({ where, words }) => [where, words, await faultOfAws(words)]),
    );
    expect(faults.filter(([, , fault]) => fault !== undefined)).toEqual([]);
  });

  test('a wrong one would be seen', async () => {
    expect(await faultOfAws(['aws', 'ses', 'set-active-rule-set'])).toBeDefined();
    expect(await faultOfAws(['aws', 'ses', 'verify-domain-dkim', '--dommain', 'x'])).toBeDefined();
    expect(await faultOfAws(['aws', 'lambda', 'delete-everything'])).toBeDefined();
  });
});
