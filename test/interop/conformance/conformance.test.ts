import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import { readArguments } from './arguments.ts';
import { linesOf, runSuites, summaryOf } from './report.ts';
import { all, mostAndNoFalseAccept, type Suite, type SuiteResult } from './suite.ts';

const failedCase = (expected: string) => ({ id: 'one', expected, got: 'trust/expired' });
const result = (passed: number, total: number, ...expected: string[]): SuiteResult => ({
  passed,
  total,
  notApplicable: 0,
  failed: expected.map(failedCase),
});
const suite = (name: string, came: SuiteResult, needs: Suite['needs'] = []): Suite => ({
  name,
  needs,
  run: async () => came,
  shortfall: all,
});
const nobody = (): void => undefined;

describe('what a suite has to reach', () => {
  test.each<[SuiteResult, string | undefined]>([
    [result(3, 3), undefined],
    [result(2, 3, 'SUCCESS'), '2 of 3'],
    [result(2, 3), '2 of 3'],
    [result(3, 3, 'SUCCESS'), '3 of 3'],
    [result(0, 0), '0 of 0'],
  ])('all: %j', (came, short) => {
    expect(all(came)).toBe(short);
  });

  test.each<[SuiteResult, string | undefined]>([
    [result(100, 100), undefined],
    [result(98, 100, 'SUCCESS', 'SUCCESS'), undefined],
    [result(97, 100, 'SUCCESS', 'SUCCESS', 'SUCCESS'), '97 of 100'],
    [result(99, 100, 'FAILURE'), '1 accepted that should be refused'],
    [result(0, 0), '0 of 0'],
  ])('most, and nothing accepted that should not be: %j', (came, short) => {
    const judge = mostAndNoFalseAccept(0.98, (expected) => expected === 'FAILURE');
    expect(judge(came)).toBe(short);
  });
});

describe('conformance', () => {
  test('tells of every suite, names every failure, and sums up', async () => {
    const suites = [
      suite('first', { ...result(3, 3), notApplicable: 2, reasons: ['a tool cannot'] }),
      suite('second', result(1, 2, 'ok')),
    ];
    const said: string[] = [];
    const report = await runSuites(suites, (line) => said.push(line));
    expect(said).toEqual(['first …', 'second …']);
    expect(linesOf(report)).toEqual([
      'first: 3 of 3 passed, 2 not applicable',
      '  not applicable: a tool cannot',
      'second: 1 of 2 passed',
      '  one: expected ok, got trust/expired',
    ]);
    expect(summaryOf(report)).toBe(
      'conformance: 4 of 5 cases passed in 2 suites; falls short: second (1 of 2)',
    );
    expect(report.suites).toEqual([
      {
        name: 'first',
        passed: 3,
        total: 3,
        notApplicable: 2,
        reasons: ['a tool cannot'],
        failed: [],
      },
      { name: 'second', passed: 1, total: 2, notApplicable: 0, failed: [failedCase('ok')] },
    ]);
  });

  test('is good when nothing falls short', async () => {
    const report = await runSuites([suite('first', result(3, 3))], nobody);
    expect(report.shortfalls).toEqual([]);
    expect(summaryOf(report)).toBe('conformance: 3 of 3 cases passed in 1 suite; good');
  });

  test('a suite that throws falls short, and the next one runs', async () => {
    const broken = { ...suite('broken', result(1, 1)), run: () => Promise.reject(new Error('no')) };
    const report = await runSuites([broken, suite('next', result(1, 1))], nobody);
    expect(linesOf(report)).toEqual([
      'broken: 0 of 1 passed',
      '  broken: expected a run to its end, got Error: no',
      'next: 1 of 1 passed',
    ]);
    expect(report.shortfalls).toEqual(['broken (0 of 1)']);
  });

  test('a suite for which something is missing says what, and falls short', async () => {
    const needing = suite('needing', result(1, 1), ['xmllint', 'java']);
    const report = await runSuites([needing], nobody, (needs) => needs);
    expect(report.suites).toMatchObject([{ total: 0, missing: ['xmllint', 'java'] }]);
    expect(linesOf(report)).toEqual(['needing: not run, it needs xmllint, java']);
    expect(report.shortfalls).toEqual(['needing (needs xmllint, java)']);
  });
});

describe('its command line', () => {
  const names = ['a', 'b', 'c'];
  test.each([
    [[], { suites: names, json: false, write: false }],
    [['--json', '--suite', 'b'], { suites: ['b'], json: true, write: false }],
    [
      ['--write', '--suite', 'c,a', '--suite', 'a'],
      { suites: ['a', 'c'], json: false, write: true },
    ],
  ])('%j', (args, asked) => {
    expect(readArguments(args, names)).toEqual(asked);
  });

  test.each([[['--suite', 'd']], [['--nope']], [['word']], [['--suite']]])('refuses %j', (args) => {
    expect(() => readArguments(args, names)).toThrow(/^[^\n]+\nnpm run conformance/);
  });
});

const PROGRAM = join(import.meta.dirname, 'conformance.ts');
const started = (...args: string[]) => startedWith(process.env, ...args);
const startedWith = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  promisify(execFile)(process.execPath, [PROGRAM, ...args], { env }).catch(
    (error: unknown) => error,
  );

describe('as a program', () => {
  test('ends with 2 at words that are none of its own', async () => {
    const stderr = expect.stringMatching(/^There is no such.\nnpm run conformance/) as unknown;
    expect(await started('--suite', 'such')).toMatchObject({ code: 2, stdout: '', stderr });
  });

  test.each([
    ['stdout', []],
    ['stderr', ['--json']],
  ] as const)('ends with 1 when a suite falls short, and says so last on %s', async (on, args) => {
    const bare = { ...process.env, PATH: '/nowhere' };
    const ended = (await startedWith(bare, '--suite', 'interop', ...args)) as Record<
      string,
      string
    >;
    expect(ended).toMatchObject({ code: 1 });
    expect(ended[on]).toMatch(
      /conformance: 0 of 0 cases passed in 1 suite; falls short: interop \(needs openssl\)\n$/,
    );
  });
});

describeWith(['shared'], 'as a program with the vectors', () => {
  test('prints one JSON value, and the summary as the last line of standard error', async () => {
    const suites = [{ name: 'bundles', passed: 6, total: 6, notApplicable: 0, failed: [] }];
    const { stdout, stderr } = (await started('--json', '--suite', 'bundles')) as {
      stdout: string;
      stderr: string;
    };
    expect(JSON.parse(stdout)).toEqual({ suites });
    expect(stderr).toBe('conformance: 6 of 6 cases passed in 1 suite; good\n');
  });
});
