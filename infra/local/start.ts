import { parseArgs } from 'node:util';
import * as z from 'zod';
import { callerAs } from './api-client.ts';
import { startLocalSystem, type LocalSystem, type LocalSystemOptions } from './local-system.ts';
import { SAMPLE_PATIENTS, type SamplePatient, sampleRecord } from './sample/record.ts';
import { describeStarted } from './start/started.ts';
import { guide } from './start/guide.ts';
import { startedOrSaid, untilStopped } from './process/until-stopped.ts';

const USAGE =
  'usage: npm start [-- [--stage NAME] [--port N] [--issuer-port N] [--portal-port N] [--verbose]]';

/** A minute for each notice: long enough to look, short enough to see what becomes of a copy that nobody answers. */
const DEADLINES = {
  processedWithinSeconds: 60,
  dispatchedWithinSeconds: 60,
  retryForSeconds: 300,
  retryAfterSeconds: [5, 15, 30],
  uncertainGraceSeconds: 15,
  doorbellLostAfterSeconds: 20,
};

/** Starts the system with the sample patients, says what to try, and runs until it is stopped. */
async function main(): Promise<void> {
  const options = readOptions();
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n`);
    process.exitCode = 2;
    return;
  }
  process.stdout.write('Starting; this takes a few seconds, the first time up to half a minute.\n');
  const starting = startLocalSystem({
    ...options,
    settings: { deadlines: DEADLINES },
    minuteLastsSeconds: 2,
  });
  untilStopped(starting, () => void process.stdout.write('\nstart: stopped\n'));
  const system = await startedOrSaid(starting, 'start');
  if (!system) {
    process.exitCode = 1;
    return;
  }
  for (const patient of Object.values(SAMPLE_PATIENTS)) await load(system, patient);
  await describeStarted(system);
  const Text = z.object({ language: z.string(), version: z.string(), sha256: z.string() });
  const response = await fetch(`${system.apiUrl}/v1/consent-texts/en`);
  process.stdout.write(guide(system, SAMPLE_PATIENTS.ana, Text.parse(await response.json())));
}

function readOptions(): LocalSystemOptions | string {
  try {
    const { values } = parseArgs({
      options: {
        stage: { type: 'string' },
        port: { type: 'string' },
        'issuer-port': { type: 'string' },
        'portal-port': { type: 'string' },
        verbose: { type: 'boolean', default: false },
      },
    });
    const port = portIn(values.port);
    const issuer = portIn(values['issuer-port']);
    const portal = portIn(values['portal-port']);
    return {
      ...(values.stage !== undefined && { stage: values.stage }),
      ports: {
        ...(port !== undefined && { api: port }),
        ...(issuer !== undefined && { issuer }),
        ...(portal !== undefined && { portal }),
      },
      ...(values.verbose && { echo: (line) => void process.stderr.write(`${line}\n`) }),
    };
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`;
  }
}

const portIn = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : z.coerce.number().int().min(0).max(65_535).parse(text);

/** Through the API, as an EHR does it. */
async function load(system: LocalSystem, sample: SamplePatient): Promise<void> {
  const ehr = await callerAs(system, { kind: 'system' });
  const { id, ...patient } = sample;
  await ehr.call(`PUT /v1/patients/${id}`, z.unknown(), patient);
  const record = sampleRecord(sample);
  await ehr.call(`PUT /v1/patients/${id}/record/documents/summary`, z.unknown(), record);
}

await main();
