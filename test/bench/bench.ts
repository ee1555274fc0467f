import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, type Asked } from './arguments.ts';
import { bundlePrograms } from './bundle.ts';
import { caseOf, type Case, type Suite } from './cases.ts';
import { FLOORS } from './floors.ts';
import { exitCodeOf, judge, summaryOf } from './gates.ts';
import { building } from './payloads/sections.ts';
import { prepareFrame, prepareKeys, preparePayload, type Payload } from './payloads/prepare.ts';
import type { Measured } from './results.ts';
import { roster } from './roster.ts';
import { tablesOf } from './report/tables.ts';
import type { MeasureSuite } from './session.ts';
import { chain } from './suites/chain.ts';
import { coldStart } from './suites/cold-start.ts';
import { header } from './suites/header.ts';
import { memory } from './suites/memory.ts';
import { pipeline, smime } from './suites/messages.ts';
import { recipients } from './suites/recipients.ts';

const MEASURES: Readonly<Record<Suite, MeasureSuite>> = {
  pipeline,
  smime,
  memory,
  recipients,
  header,
  chain,
  'cold-start': coldStart,
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function measureAll(asked: Asked, work: string): Promise<readonly Measured[]> {
  await prepareKeys(work);
  prepareFrame(work);
  const bundleOf = bundlePrograms(join(work, 'bin'));
  const parts = building();
  const payloads = new Map<Case, Payload>();
  for (const name of asked.families.flatMap((family) => asked.sizes.map((size) => caseOf(family, size)))) {
    say(`preparing ${name}`);
    payloads.set(name, await preparePayload(parts, name, work));
  }
  const session = { ...asked, work, building: parts, entrants: roster(bundleOf, work), bundleOf, say };
  const measured: Measured[] = [];
  for (let run = 1; run <= asked.runs; run += 1) {
    for (const suite of asked.suites) {
      measured.push(...(await MEASURES[suite]({ ...session, run })));
    }
  }
  return measured;
}

const asked = readArguments(process.argv.slice(2));
const work = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const measured = await measureAll(asked, work);
  const verdicts = judge(FLOORS, measured);
  const summary = summaryOf(verdicts, asked.quick);
  if (asked.json) {
    process.stdout.write(`${JSON.stringify({ measured, verdicts, summary }, null, 1)}\n`);
    say(summary);
  } else {
    process.stdout.write(`${tablesOf(measured, verdicts)}\n${summary}\n`);
  }
  process.exitCode = exitCodeOf(verdicts);
} finally {
  rmSync(work, { recursive: true, force: true });
}
