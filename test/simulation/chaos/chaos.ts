import { isKept, NOTHING, summaryOf, withRun } from '../command/tally.ts';
import { readArguments, type Asked } from './arguments.ts';
import { storm } from './storm.ts';

const out = (text: string): void => void process.stdout.write(`${text}\n`);
const err = (text: string): void => void process.stderr.write(`${text}\n`);

/** Words that are none of ours are the caller's fault, and no bug that needs a stack. */
function wished(): Asked {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    err(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}

const { seconds, json } = wished();
const result = await storm({ seconds }, err);
for (const { broken, says } of result.violations) err(`${broken}: ${says}`);
const tally = withRun(NOTHING, { seed: 0, ...result });
if (json) out(JSON.stringify(tally));
(json ? err : out)(summaryOf('chaos', tally));
process.exit(isKept(tally) ? 0 : 1);
