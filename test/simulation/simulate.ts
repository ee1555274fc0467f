import { readArguments, type Asked } from './command/arguments.ts';
import { startCrew } from './command/crew.ts';
import { isKept, NOTHING, summaryOf, withRun, type Tally } from './command/tally.ts';
import { stopRealTime } from './kernel/real-time.ts';
import { run, type RunResult } from './run.ts';

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

/** More than one screen of them helps nobody. */
const MOST_SHOWN = 20;
let shown = 0;

function show({ seed, violations }: RunResult): void {
  for (const { broken, says } of violations) {
    if (shown < MOST_SHOWN) err(`seed ${seed}: ${broken}: ${says}`);
    shown += 1;
  }
  if (violations.length > 0 && shown <= MOST_SHOWN) {
    err(`  again: npm run simulate -- --seed ${seed} --trace`);
  }
}

async function many({ first, last }: Asked['seeds']): Promise<Tally> {
  const seeds = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const step = Math.max(100, Math.ceil(seeds.length / 20));
  let tally = NOTHING;
  const crew = startCrew();
  await crew.doAll(
    seeds.map((seed) => ({ kind: 'seed', seed })),
    (_, result) => {
      tally = withRun(tally, result);
      show(result);
      if (tally.runs % step === 0) err(`${tally.runs} of ${seeds.length} runs`);
    },
  );
  return tally;
}

async function one(seed: number, trace: boolean): Promise<Tally> {
  stopRealTime();
  const result = await run(seed, trace ? { trace: out } : {});
  show(result);
  return withRun(NOTHING, result);
}

const { seeds, json, trace } = wished();
const tally = seeds.first === seeds.last ? await one(seeds.first, trace) : await many(seeds);
if (json) out(JSON.stringify(tally));
(json ? err : out)(summaryOf('simulate', tally));
// Who died waits for ever, and what he had set aside for later with him.
process.exit(isKept(tally) ? 0 : 1);
