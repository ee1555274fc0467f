import { SUITES } from '../cases.ts';
import type { Verdict } from '../gates.ts';
import { against } from './against.ts';
import type { Report } from './report.ts';
import { suiteSection } from './suites.ts';
import { figure, list, table } from './table.ts';

const BEGIN = '<!-- written by npm run bench -- --write -->';
const END = '<!-- end of what was written -->';

/** The report in Markdown: what went against us first. */
export function markdownOf(report: Report): string {
  const bad = against(report);
  return [
    '## Results against us',
    '',
    bad.length === 0 ? 'None in this run.' : list(bad),
    '',
    '## Where and when',
    '',
    list(circumstances(report)),
    '',
    '## Floors and aims',
    '',
    floorsTable(report.verdicts),
    '',
    report.summary,
    '',
    '## Tables',
    '',
    ...SUITES.filter((suite) => report.measured.some((each) => each.suite === suite)).map((suite) =>
      suiteSection(suite, report.measured),
    ),
  ].join('\n');
}

function circumstances(report: Report): readonly string[] {
  const { machine, quick, runs, source, payloads, absent } = report;
  const { date, cpu, cores, memoryGb, node, openssl, load } = machine;
  const highest = Math.max(...load);
  return [
    `${date}; ${cpu}, ${cores} cores, ${memoryGb} GB; Node ${node} with OpenSSL ${openssl}; ${runs} runs${quick ? ', quick' : ''}`,
    `load average ${figure(Math.min(...load))} to ${figure(highest)}${highest > cores ? ': others were at work, and these figures are not to be quoted' : ''}`,
    `structured payloads: ${source}`,
    ...payloads.map(
      ({ name, documents, sizeBytes, deflateRatio }) =>
        `${name}: ${documents === 1 ? 'one document' : `${documents} documents`}, ${sizeBytes} bytes, deflate ratio ${deflateRatio.toFixed(2)}`,
    ),
    ...absent.map(({ name, why }) => `${name} is missing: ${why}`),
  ];
}

const floorsTable = (verdicts: readonly Verdict[]): string =>
  table(
    ['what', 'case', 'floor', 'aim', 'best run', 'all runs', 'verdict'],
    verdicts.map(({ floor, runs, best, state, reachesAim }) => [
      floor.what,
      floor.case,
      floor.floor === undefined ? '' : `${floor.sense} ${figure(floor.floor)}${floor.unit}`,
      figure(floor.aim),
      best === undefined ? '' : `${figure(best)}${floor.unit}`,
      runs.map(figure).join(', '),
      reachesAim ? `${state}, aim reached` : state,
    ]),
  );

/** The page with the new report between its two marks. @throws Error when they are not there */
export function withReport(page: string, report: Report): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('The page has no marks to write between');
  return `${page.slice(0, begin)}${BEGIN}\n\n${markdownOf(report)}\n${page.slice(end)}`;
}
