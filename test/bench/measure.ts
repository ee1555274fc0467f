import { join } from 'node:path';
import type { Asked } from './arguments.ts';
import { bundlePrograms } from './bundle.ts';
import { caseOf, FAMILIES, SIZES, type Suite } from './cases.ts';
import { FLOORS } from './floors.ts';
import { judge, summaryOf } from './gates.ts';
import { loadNow, thisMachine } from './machine.ts';
import { prepareFrame, prepareKeys, preparePayload, type Payload } from './payloads/prepare.ts';
import { building, type Building } from './payloads/sections.ts';
import type { Report } from './report/report.ts';
import type { Measured } from './results.ts';
import { roster } from './roster.ts';
import type { MeasureSuite, Session } from './session.ts';
import { api } from './suites/api.ts';
import { bundles } from './suites/bundles.ts';
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
  api,
  'cold-start': coldStart,
  bundles,
};

type Say = (line: string) => void;

/** Prepares everything, measures what was asked for, run by run, and judges it. @param work an empty folder */
export async function measure(asked: Asked, work: string, say: Say): Promise<Report> {
  const machine = thisMachine();
  await prepareKeys(work);
  prepareFrame(work);
  const parts = building();
  const payloads = await preparePayloads(parts, asked, work, say);
  const bundleOf = bundlePrograms(join(work, 'bin'));
  const entrants = roster(bundleOf, work);
  const session = { ...asked, work, building: parts, entrants, bundleOf, say };

  const { measured, load } = await measureRuns(asked, session);
  const verdicts = judge(FLOORS, measured);
  return {
    suites: asked.suites,
    machine: { ...machine, load: [machine.load[0] ?? 0, ...load] },
    quick: asked.quick,
    runs: asked.runs,
    source: parts.source,
    payloads,
    absent: entrants.flatMap((entrant) =>
      'absent' in entrant ? [{ name: entrant.name, why: entrant.absent }] : [],
    ),
    measured,
    verdicts,
    summary: summaryOf(verdicts, asked.quick),
  };
}

/** All suites in each run, so that the runs of a suite lie minutes apart. */
async function measureRuns({ runs, suites }: Asked, session: Omit<Session, 'run'>) {
  const measured: Measured[] = [];
  const load: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    for (const suite of suites) {
      measured.push(...(await MEASURES[suite]({ ...session, run })));
      load.push(loadNow());
    }
  }
  return { measured, load };
}

/** Suites for which there are no payloads. */
const WITHOUT_PAYLOADS: readonly Suite[] = ['header', 'chain', 'api', 'bundles'];

/** Those that were asked for; and small structured ones in any case, which several suites work on. */
async function preparePayloads(
  parts: Building,
  { suites, families, sizes }: Asked,
  work: string,
  say: Say,
): Promise<readonly Payload[]> {
  const payloads: Payload[] = [];
  if (suites.every((suite) => WITHOUT_PAYLOADS.includes(suite))) return payloads;
  for (const family of FAMILIES) {
    for (const size of SIZES) {
      const always = family === 'structured' && (size === '100k' || size === '1m');
      const worked = family === 'structured' || families.includes(family);
      if (!always && !(worked && sizes.includes(size))) continue;
      say(`preparing ${caseOf(family, size)}`);
      payloads.push(await preparePayload(parts, caseOf(family, size), work));
    }
  }
  return payloads;
}
