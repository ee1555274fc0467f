import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiRefused } from './api-client.ts';
import { fileFlow, patientFlow, providerFlow } from './demo/flows.ts';
import { refusedReport, type CopyReport, type Flow } from './demo/follow.ts';
import { progressTo, type Progress } from './demo/progress.ts';
import { patientOfFile } from './demo/record-file.ts';
import { startLocalSystem, type LocalSystem } from './local-system.ts';
import { startedOrSaid, untilStopped } from './process/until-stopped.ts';

const USAGE = 'usage: npm run demo [-- [--record FILE] [--json] [--verbose]]';

interface Options {
  readonly record?: Uint8Array;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** Twenty seconds for each notice, and everything else as short as makes sense to somebody who watches. */
const DEADLINES = {
  processedWithinSeconds: 20,
  dispatchedWithinSeconds: 20,
  retryForSeconds: 20,
  retryAfterSeconds: [1, 2, 4],
  uncertainGraceSeconds: 5,
  doorbellLostAfterSeconds: 10,
};

/** Walks the flows on a system of its own, and says what became of every copy. */
async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  const said = options.json ? process.stderr : process.stdout;
  const progress = progressTo(said);
  const starting = startLocalSystem({
    settings: { deadlines: DEADLINES },
    minuteLastsSeconds: 1,
    ...(options.verbose && { echo: (line) => void process.stderr.write(`${line}\n`) }),
  });
  untilStopped(starting);
  const system = await startedOrSaid(starting, 'demo');
  if (!system) return 1;
  progress.step(`The system is up at ${system.apiUrl}, its partner at ${system.partner.address}`);
  try {
    const copies = await runFlows(system, options, progress);
    const status = statusOf(copies);
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ status, transmissions: copies })}\n`);
    }
    const delivered = copies.filter((copy) => copy.status === 'delivered').length;
    said.write(`\ndemo: ${status}, ${delivered} of ${copies.length} copies delivered\n`);
    return status === 'delivered' ? 0 : 1;
  } finally {
    await system.close();
  }
}

function readOptions(): Options | string {
  try {
    const { values } = parseArgs({
      options: {
        record: { type: 'string' },
        json: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
      },
    });
    const { record, json, verbose } = values;
    if (record === undefined) return { json, verbose };
    // npm runs in the project's folder; the file is named from where npm was called.
    const file = resolve(process.env['INIT_CWD'] ?? '.', record);
    return { json, verbose, record: readFileSync(file) };
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`;
  }
}

async function runFlows(
  system: LocalSystem,
  { record }: Options,
  progress: Progress,
): Promise<CopyReport[]> {
  if (!record) {
    return [
      ...(await orRefused('patient', progress, () => patientFlow(system, progress))),
      ...(await orRefused('provider', progress, () => providerFlow(system, progress))),
    ];
  }
  const patient = patientOfFile(record);
  if (patient.ok) {
    return orRefused('file', progress, () => fileFlow(system, patient.value, record, progress));
  }
  progress.step(`The file is no record: ${patient.failure.code}`);
  return [refusedReport('file', patient.failure.code)];
}

/** What the API refuses ends its flow, not the demo. */
async function orRefused(
  flow: Flow,
  progress: Progress,
  run: () => Promise<CopyReport[]>,
): Promise<CopyReport[]> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ApiRefused)) throw error;
    progress.step(`${error.message} (${error.code})`);
    return [refusedReport(flow, error.code)];
  }
}

/** A copy that has not ended counts as failed: the demo waited longer than its deadlines. */
function statusOf(copies: readonly CopyReport[]): 'delivered' | 'failed' | 'stopped' {
  if (copies.length > 0 && copies.every(({ status }) => status === 'delivered')) return 'delivered';
  const allStopped = copies.every(({ status }) => ['delivered', 'stopped'].includes(status));
  return allStopped && copies.length > 0 ? 'stopped' : 'failed';
}

process.exitCode = await main();
