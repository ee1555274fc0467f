import { writeInteropPage } from '../page/write-page.ts';
import { readArguments, type Asked } from './arguments.ts';
import { linesOf, runSuites, summaryOf } from './report.ts';
import { SUITES } from './suites.ts';

const out = (text: string): void => void process.stdout.write(`${text}\n`);
const err = (text: string): void => void process.stderr.write(`${text}\n`);
/** For whoever sits there and waits; nobody else has to read it. */
const say = process.stderr.isTTY ? err : () => undefined;

/** Words that are none of ours are the caller's fault, and no bug that needs a stack. */
function wished(): Asked {
  const names = SUITES.map(({ name }) => name);
  try {
    return readArguments(process.argv.slice(2), names);
  } catch (error) {
    err(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}

const { suites, json, write } = wished();
if (write) await writeInteropPage();
const report = await runSuites(
  SUITES.filter(({ name }) => suites.includes(name)),
  say,
);
if (json) out(JSON.stringify({ suites: report.suites }, undefined, 2));
else for (const line of linesOf(report)) out(line);
(json ? err : out)(summaryOf(report));
process.exitCode = report.shortfalls.length > 0 ? 1 : 0;
