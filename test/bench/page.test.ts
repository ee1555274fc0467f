import { describe, expect, test } from '@jest/globals';
import { against } from './report/against.ts';
import { withReport } from './report/page.ts';
import type { Report } from './report/report.ts';
import { figure, table } from './report/table.ts';
import { SUITES } from './cases.ts';
import { FLOORS } from './floors.ts';
import { judge } from './gates.ts';
import { seriesOf } from './results.ts';

const report = (ours: number, openssl: number): Report => {
  const contestants = {
    limit: seriesOf([5]),
    ours: seriesOf([ours]),
    openssl: seriesOf([openssl]),
  };
  const measured = [
    { suite: 'smime', case: 'entity-1m', run: 1, unit: 'ms', contestants },
  ] as const;
  return {
    suites: SUITES,
    machine: {
      date: '2026-03-02',
      cpu: 'a machine',
      cores: 2,
      memoryGb: 4,
      node: 'v24',
      openssl: '3.5',
      load: [0.5, 1.5],
    },
    quick: false,
    runs: 1,
    source: 'invented sections',
    payloads: [],
    absent: [{ name: 'bouncycastle', why: 'there is no javac' }],
    measured,
    verdicts: judge(FLOORS, measured),
    summary: 'bench: done',
  };
};

const MARKS = ['<!-- written by npm run bench -- --write -->', '<!-- end of what was written -->'];

describe('the page', () => {
  const page = ['# Performance', ...MARKS, 'The end'].join('\n');

  test('has the report between its marks, and keeps the rest', () => {
    const written = withReport(page, report(10, 40));
    expect(written.startsWith('# Performance\n')).toBe(true);
    expect(written.endsWith('The end')).toBe(true);
    expect(written).toContain('bouncycastle is missing: there is no javac');
    expect(withReport(written, report(10, 40))).toBe(written);
  });

  test('has a part in the place of that part, under its heading, and never in that of the whole', () => {
    const mark = '<!-- written by npm run bench -- --suite smime --write -->';
    const part = { ...report(10, 40), suites: ['smime'] } as const;
    expect(() => withReport(page, part)).toThrow(mark);
    const both = ['## S/MIME', mark, MARKS[1], page].join('\n');
    const written = withReport(both, part);
    expect(written).toContain('### Results against us');
    expect(written).not.toMatch(/^## Results against us/m);
    expect(written.endsWith(`${MARKS[1]}\n${page}`)).toBe(true);
  });

  test('without marks is not written', () => {
    expect(() => withReport('# Performance', report(10, 40))).toThrow('no marks');
  });
});

describe('what went against us', () => {
  test('is a floor that was missed', () => {
    expect(against(report(10, 40)).join()).toContain('Missed: S/MIME layer');
    expect(against(report(5, 40))).toEqual([]);
  });

  test('is whoever was faster', () => {
    expect(against(report(6, 4)).join()).toContain('ours takes 1.5 times what openssl takes');
  });
});

test('a table is as wide as its widest cells', () => {
  expect(table(['a', 'long head'], [['a cell', 'b']])).toBe(
    ['| a      | long head |', '| ------ | --------- |', '| a cell | b         |'].join('\n'),
  );
});

test('a figure has three digits that count', () => {
  expect([0.01234, 1.2, 12.34, 1234.5].map(figure)).toEqual(['0.0123', '1.2', '12.3', '1235']);
});
