import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readArguments, type Asked } from './arguments.ts';
import { exitCodeOf } from './gates.ts';
import { measure } from './measure.ts';
import { markdownOf, placeOf, withReport } from './report/page.ts';
import type { Report } from './report/report.ts';

const PAGE = resolve(import.meta.dirname, '../../docs/performance.md');

const out = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (line: string): void => {
  const seconds = Math.round(performance.now() / 1000);
  process.stderr.write(`${String(seconds).padStart(4)} s  ${line}\n`);
};

function show(asked: Asked, report: Report): void {
  if (asked.write) writeFileSync(PAGE, withReport(readFileSync(PAGE, 'utf8'), report));
  if (asked.json) {
    out(JSON.stringify(report));
    process.stderr.write(`${report.summary}\n`);
  } else {
    out(markdownOf(report));
    out(report.summary);
  }
}

const work = mkdtempSync(join(tmpdir(), 'bench-'));
process.once('exit', () => rmSync(work, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    say(`ended by ${signal}`);
    process.exit(130);
  });
}

/** Words that are none of ours are the caller's fault, and no bug that needs a stack. */
function wished(): Asked {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

const wish = wished();
// Rather now than after a quarter of an hour.
if (wish.write) placeOf(readFileSync(PAGE, 'utf8'), wish.suites);
const report = await measure(wish, work, say);
show(wish, report);
process.exitCode = exitCodeOf(report.verdicts);
