import { describe, expect, test } from '@jest/globals';
import type { Check } from '../../../infra/cli/doctor/check.ts';
import { CHECKS } from '../../../infra/cli/doctor/checks.ts';
import { doubtful, NotHere, well, wrong } from '../../../infra/cli/doctor/finding.ts';
import { doctorReport } from '../../../infra/cli/doctor/report.ts';
import { runChecks } from '../../../infra/cli/doctor/run-checks.ts';
import { examinedWith } from './examined.ts';

const check = (name: string, look: Check['look']): Check => ({ name, look });
const throwing =
  (name: string): Check['look'] =>
  () =>
    Promise.reject(Object.assign(new Error('about patient 17'), { name }));

const run = (checks: readonly Check[], withinMs?: number) =>
  runChecks(checks, examinedWith({}), withinMs);

describe('the checks', () => {
  test('are asked at once, and answer in their order', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = check('first', async () => {
      await promise;
      return [well('yes')];
    });
    const second = check('second', async () => {
      resolve();
      return [doubtful('perhaps', 'Look.')];
    });
    expect(await run([first, second])).toEqual([
      { check: 'first', verdict: 'ok', says: 'yes' },
      { check: 'second', verdict: 'warn', says: 'perhaps', fix: 'Look.' },
    ]);
  });

  test('one that does not end is given up, and told so, and the others answer', async () => {
    let isTold = false;
    const hanging = check('hangs', (_, within) => {
      within.addEventListener('abort', () => {
        isTold = true;
      });
      return new Promise(() => undefined);
    });
    const lines = await run([hanging, check('other', async () => [well('yes')])], 30);
    expect(lines).toMatchObject([
      { check: 'hangs', verdict: 'warn', says: 'No answer within 0.03 s.' },
      { check: 'other', verdict: 'ok' },
    ]);
    expect(isTold).toBe(true);
  });

  test.each([
    ['CredentialsProviderError', 'warn', /credentials of the account/],
    ['UnrecognizedClientException', 'warn', /credentials of the account/],
    ['ExpiredTokenException', 'warn', /credentials of the account/],
    ['AccessDeniedException', 'warn', /with a role that may/],
    ['TypeError', 'fail', /the error is ours/],
  ])(
    'one that ends with %s says its name and nothing of its text: %s',
    async (name, verdict, fix) => {
      const [line] = await run([check('it', throwing(name))]);
      expect(line).toMatchObject({ verdict, fix: expect.stringMatching(fix) });
      expect(line?.says).toContain(name);
      expect(JSON.stringify(line)).not.toContain('patient 17');
    },
  );

  test('one that lacks something says what', async () => {
    const lacking = new NotHere('No bucket.', 'Name it.');
    expect(await run([check('it', () => Promise.reject(lacking))])).toEqual([
      { check: 'it', verdict: 'warn', says: 'No bucket.', fix: 'Name it.' },
    ]);
  });

  test('all have a name of their own', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
  });
});

describe('the report', () => {
  const line = { check: 'dns' };

  test('counts, and says under each line that is not well how it is put right', () => {
    const lines = [
      { ...line, ...well('yes') },
      { ...line, ...doubtful('perhaps', 'Look.') },
    ];
    expect(doctorReport('pilot', lines)).toMatchObject({
      ok: true,
      lines: ['ok   dns          yes', 'warn dns          perhaps', '                  fix: Look.'],
      json: { stage: 'pilot', ok: 1, warn: 1, fail: 0, lines },
      summary: 'doctor: 1 ok, 1 warn, 0 fail',
    });
  });

  test('is no success when anything fails', () => {
    expect(doctorReport('pilot', [{ ...line, ...wrong('no', 'Do it.') }])).toMatchObject({
      ok: false,
      summary: 'doctor: 0 ok, 0 warn, 1 fail',
    });
  });
});
