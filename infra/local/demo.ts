import type { CopyReport } from './demo/copy-report.ts';
import { readOptions, type DemoOptions } from './demo/options.ts';
import { progressTo } from './demo/progress.ts';
import { runFlows } from './demo/run-flows.ts';
import { summaryOf, verdictOn } from './demo/verdict.ts';
import { inWords } from './iam/privileges.ts';
import { startLocalSystem, type LocalSystem } from './local-system.ts';
import { relayUrlOf } from './relay-wiring.ts';
import { startedOrSaid, untilStopped } from './process/until-stopped.ts';

/** Twenty seconds for each notice, and everything else as short as makes sense to somebody who watches. */
const DEADLINES = {
  processedWithinSeconds: 20,
  dispatchedWithinSeconds: 20,
  retryForSeconds: 20,
  retryAfterSeconds: [1, 2, 4],
  uncertainGraceSeconds: 5,
  doorbellLostAfterSeconds: 10,
};

const args = process.argv.slice(2);
/** Read before all else: also what is wrong with the other options is then told on standard error. */
const asJson = args.includes('--json');
const said = asJson ? process.stderr : process.stdout;
/** Whose templates are run; said where a file has them. */
let stage: string | undefined;
let isOver = false;

/** Once, whatever happens: with --json standard output is this one value. Without copies nothing could be tried. */
function finish(copies: readonly CopyReport[], lacking: readonly string[] = []): void {
  if (isOver) return;
  isOver = true;
  const verdict = verdictOn(copies, lacking);
  if (asJson) process.stdout.write(`${JSON.stringify(verdict)}\n`);
  const by = stage === undefined ? '' : `; stage ${stage}`;
  said.write(`\n${summaryOf(verdict)}${by}\n`);
  process.exitCode = verdict.status === 'delivered' ? 0 : 1;
}

async function main(options: DemoOptions): Promise<void> {
  const starting = startLocalSystem({
    relay: options.relay,
    ...(options.stage !== undefined && { stage: options.stage }),
    partner: { mode: options.partner },
    settings: { deadlines: DEADLINES },
    minuteLastsSeconds: 1,
    ...(options.without && { without: options.without }),
    ...(options.verbose && { echo: (line) => void process.stderr.write(`${line}\n`) }),
  });
  untilStopped(starting, () => finish([]));
  const system = await startedOrSaid(starting, 'demo');
  if (!system) return finish([]);
  try {
    const copies = await copiesOn(system, options);
    finish(copies, system.cloud.privileges.refusals.map(inWords));
  } finally {
    await system.close();
  }
}

/** Walks the flows on a system of its own, and says what became of every copy. */
async function copiesOn(
  system: LocalSystem,
  { record, relay, partner }: DemoOptions,
): Promise<readonly CopyReport[]> {
  const progress = progressTo(said);
  progress.step(`The system is up at ${system.apiUrl}, its partner at ${system.partner.address}`);
  const whose = relay.startsWith('hisp-') ? 'of another HISP' : `to a ${partner} partner`;
  progress.detail(`copies leave by ${relayUrlOf(relay, system)}, ${whose}`);
  try {
    return await runFlows(system, record, progress);
  } catch (error) {
    process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
    return [];
  }
}

const options = readOptions(args);
if (typeof options === 'string') {
  process.stderr.write(`${options}\n`);
  finish([]);
} else {
  stage = options.stage;
  await main(options);
}
