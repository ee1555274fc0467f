import { SUITES, type Suite } from '../cases.ts';
import type { Verdict } from '../gates.ts';
import { against } from './against.ts';
import type { Report } from './report.ts';
import { suiteSection } from './suites.ts';
import { figure, list, table } from './table.ts';

const END = '<!-- end of what was written -->';

/** What was measured in part has a place of its own, so that it never takes that of the whole. */
const markOf = (suites: readonly Suite[]): string =>
  `<!-- written by npm run bench -- ${isPart(suites) ? `--suite ${suites.join(',')} ` : ''}--write -->`;

const isPart = (suites: readonly Suite[]): boolean => suites.length < SUITES.length;

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
    ...(payloads.length > 0 ? [`structured payloads: ${source}`] : []),
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

/** Where the report of these suites stands on a page. @throws Error when there is no place for it */
export function placeOf(page: string, suites: readonly Suite[]): readonly [number, number] {
  const mark = markOf(suites);
  const begin = page.indexOf(mark);
  const end = begin < 0 ? -1 : page.indexOf(END, begin);
  if (end < 0) throw new Error(`The page has no marks to write between: ${mark}`);
  return [begin + mark.length, end];
}

/** The page with the new report between its two marks; a part of it stands under a heading of its own. */
export function withReport(page: string, report: Report): string {
  const [begin, end] = placeOf(page, report.suites);
  const whole = markdownOf(report);
  const text = isPart(report.suites) ? whole.replaceAll(/^#/gm, '##') : whole;
  return `${page.slice(0, begin)}\n\n${text}\n${page.slice(end)}`;
}
