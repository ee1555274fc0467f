import type { Report } from '../command.ts';
import type { Verdict } from './finding.ts';
import type { Line } from './run-checks.ts';

const VERDICTS: readonly Verdict[] = ['ok', 'warn', 'fail'];

/** Line by line, and how many of which kind. It is well when nothing fails. */
export function doctorReport(stage: string, lines: readonly Line[]): Report {
  const counts = VERDICTS.map((verdict) => ({
    verdict,
    count: lines.filter((line) => line.verdict === verdict).length,
  }));
  return {
    ok: lines.every(({ verdict }) => verdict !== 'fail'),
    lines: lines.flatMap((line) => [
      `${line.verdict.padEnd(4)} ${line.check.padEnd(WIDTH)} ${line.says}`,
      ...(line.verdict === 'ok' ? [] : [`     ${' '.repeat(WIDTH)} fix: ${line.fix}`]),
    ]),
    json: {
      stage,
      ...Object.fromEntries(counts.map(({ verdict, count }) => [verdict, count])),
      lines,
    },
    summary: `doctor: ${counts.map(({ verdict, count }) => `${count} ${verdict}`).join(', ')}`,
  };
}

const WIDTH = 12;
