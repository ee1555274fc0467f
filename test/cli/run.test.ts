import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { CommandError, UsageError, type Command } from '../../infra/cli/command.ts';
import { bundleCommand } from '../../infra/cli/commands/bundle.ts';
import { discoverCommand } from '../../infra/cli/commands/discover.ts';
import { doctorCommand } from '../../infra/cli/commands/doctor.ts';
import { failuresCommand } from '../../infra/cli/commands/failures.ts';
import { identityCommand } from '../../infra/cli/commands/identity.ts';
import { packageCommand } from '../../infra/cli/commands/package.ts';
import { publishCommand } from '../../infra/cli/commands/publish.ts';
import { sectionsCommand } from '../../infra/cli/commands/sections.ts';
import { trustCommand } from '../../infra/cli/commands/trust.ts';
import { runCli } from './run-cli.ts';

const command = (answer: Command['run']): Command => ({
  usage: 'look THING',
  does: 'Looks.',
  run: answer,
});
const finds = command(async () => ({
  ok: true,
  lines: ['one', 'two \x1b[31mred'],
  json: { found: 2 },
  summary: '2 found',
}));
const fails = (error: Error): Command =>
  command(async () => {
    throw error;
  });

describe('the operator’s tool', () => {
  test('prints lines and then the summary', async () => {
    const { exitCode, out, err } = await runCli({ look: finds }, 'look');
    expect([exitCode, out, err]).toEqual([0, ['one', 'two ?[31mred', '2 found'], []]);
  });

  test('with --json prints one JSON value, and the summary on standard error', async () => {
    const { out, err } = await runCli({ look: finds }, 'look', '--json');
    expect([out.map((text) => JSON.parse(text)), err]).toEqual([[{ found: 2 }], ['2 found']]);
  });

  test('ends with 1 when a command did not find what it was asked for', async () => {
    const none = command(async () => ({ ok: false, lines: [], json: {}, summary: 'none' }));
    expect(await runCli({ look: none }, 'look')).toMatchObject({ exitCode: 1, out: ['none'] });
  });

  test.each([
    ['an operator’s mistake', new CommandError('No such file.'), 'No such file.'],
    ['our own mistake', new TypeError('x is not y\n  at z'), 'TypeError: x is not y'],
  ])(
    'says %s in one line and ends with 1; with --json it is the one value',
    async (_, error, line) => {
      const commands = { look: fails(error) };
      expect(await runCli(commands, 'look')).toEqual({ exitCode: 1, out: [], err: [line] });
      const { exitCode, out, err } = await runCli(commands, 'look', '--json');
      expect([exitCode, err, out.map((text) => JSON.parse(text))]).toEqual([
        1,
        [line],
        [{ error: line }],
      ]);
    },
  );

  test('says how a command is written to who wrote it otherwise', async () => {
    const commands = { look: fails(new UsageError('Name one thing.')) };
    const { err } = await runCli(commands, 'look');
    expect(err).toEqual(['Name one thing. Usage: look THING']);
  });

  test.each([
    [packageCommand, [], 'Name at least one document. Usage: package FILE… --out ZIP'],
    [packageCommand, ['--bogus'], "Unknown option '--bogus'. Usage: package FILE…"],
    [packageCommand, ['a.xml', '--out'], "Option '--out <value>' argument missing. Usage: package"],
    [
      packageCommand,
      ['/nowhere/a', '--out', 'x'],
      'Cannot read /nowhere/a: there is no such file.',
    ],
    [packageCommand, ['/tmp', '--out', 'x'], 'Cannot read /tmp: it is a folder.'],
    [sectionsCommand, ['a.xml'], "Unexpected argument 'a.xml'. Usage: sections"],
    [failuresCommand, ['a.xml'], "Unexpected argument 'a.xml'. Usage: failures"],
  ])('says what to do (%#)', async (it, words, says) => {
    const { exitCode, err } = await runCli({ it }, 'it', ...words);
    expect([exitCode, err]).toEqual([1, [expect.stringContaining(says)]]);
  });

  test.each([
    [['find'], '"find"'],
    [['constructor'], '"constructor"'],
    [[], 'Name a command'],
  ])('does not run %j', async (words, says) => {
    const commands = { look: finds };
    const said = expect.stringContaining(says) as unknown;
    expect(await runCli(commands, ...words)).toEqual({ exitCode: 1, out: [], err: [said] });
    const { exitCode, out } = await runCli(commands, ...words, '--json');
    expect([exitCode, JSON.parse(out[0] ?? '')]).toEqual([1, { error: said }]);
  });

  test.each([[['help']], [['--help']], [['look', '--help']]])(
    'explains itself: %j',
    async (args) => {
      const { exitCode, out } = await runCli({ look: finds }, ...args);
      expect(exitCode).toBe(0);
      expect(out.join('\n')).toMatch(/look THING[^]*Looks\./);
    },
  );

  test('says of a command what its options take, and how it ends', async () => {
    const noted = { ...finds, notes: ['--far: further away'] };
    const { out } = await runCli({ look: noted }, 'look', '--help');
    expect(out.slice(0, 3)).toEqual([
      'Usage: npm run transmit -- look THING [--json]',
      'Looks.',
      '--far: further away',
    ]);
    expect(out.join(' ')).toMatch(/exit code is 0 when/);
  });

  test.each([
    discoverCommand,
    trustCommand,
    bundleCommand,
    publishCommand,
    identityCommand,
    doctorCommand,
  ])('explains every option (%#)', ({ usage, does, notes = [] }) => {
    const words = [does, ...notes].join(' ');
    const options = new Set(usage.match(/--[a-z0-9-]+/g));
    const unexplained = [...options].filter((option) => !words.includes(option));
    expect(unexplained.filter((option) => !['--key', '--password-file'].includes(option))).toEqual(
      [],
    );
    expect(notes.filter(({ length }) => length > 120)).toEqual([]);
  });

  test('has no command that README.md does not name', async () => {
    const tool = resolve(import.meta.dirname, '../../infra/cli/transmit.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [tool, '--help']);
    const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
    const commands = [...stdout.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = '']) => name);
    expect(commands.length).toBeGreaterThan(20);
    const named = (name: string): boolean => new RegExp(`^\\|.*\`${name}[ \`]`, 'm').test(readme);
    expect(commands.filter((name) => !named(name))).toEqual([]);
  });

  test('is started by node and tells the shell how it ended', async () => {
    const tool = resolve(import.meta.dirname, '../../infra/cli/transmit.ts');
    const started = promisify(execFile)(process.execPath, [tool, 'discover', 'no address']);
    await expect(started).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^discover\/bad-address: [^\n]*\n$/) as unknown,
    });
  });
});
