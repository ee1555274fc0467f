import { parseArgs } from 'node:util';
import { startLocalSystem } from '../../../infra/local/local-system.ts';
import type { Privileges } from '../../../infra/local/iam/privileges.ts';
import { storm } from '../chaos/storm.ts';
import { EXPLAINED } from './explained.ts';
import { reckon, summaryOf, type Reckoning } from './reckon.ts';
import { walk } from './walk.ts';

const USAGE = `usage: npm run privileges [-- [--seconds N] [--json]]

  --seconds  how long chaos lasts after the walk: 20 unless given
  --json     standard output is one JSON value, and what is done is told on standard error`;

/** Short ones: nobody waits here for what nobody answers. */
const DEADLINES = {
  processedWithinSeconds: 20,
  dispatchedWithinSeconds: 20,
  retryForSeconds: 20,
  retryAfterSeconds: [1, 2, 4],
  uncertainGraceSeconds: 5,
  doorbellLostAfterSeconds: 10,
};

const err = (text: string): void => void process.stderr.write(`${text}\n`);

function wished(): { readonly seconds: number; readonly json: boolean } {
  try {
    const { values } = parseArgs({
      options: { seconds: { type: 'string', default: '20' }, json: { type: 'boolean' } },
    });
    if (!/^[1-9]\d{0,4}$/.test(values.seconds)) throw new Error('How many seconds?');
    return { seconds: Number(values.seconds), json: values.json ?? false };
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

/** By SES, so that what is allowed for that is walked too. */
async function walked(): Promise<Privileges> {
  const system = await startLocalSystem({
    relay: 'ses',
    settings: { deadlines: DEADLINES },
    minuteLastsSeconds: 1,
  });
  try {
    await walk(system);
    return system.cloud.privileges;
  } finally {
    await system.close();
  }
}

async function stormed(seconds: number): Promise<Privileges> {
  const seen: Privileges[] = [];
  await storm({ seconds }, err, ({ cloud }) => void seen.push(cloud.privileges));
  const [privileges] = seen;
  if (!privileges) throw new Error('Chaos did not come to its end');
  return privileges;
}

function tell({ unused, stale, refused }: Reckoning, say: (line: string) => void): void {
  for (const { line, because } of unused) say(`${line}\n    ${because ?? 'NOT EXPLAINED: take it from the role, or say why it is there'}`); // prettier-ignore
  for (const line of stale) say(`EXPLAINED FOR NOTHING: ${line}`);
  for (const line of refused) say(`REFUSED: ${line}`);
}

const { seconds, json } = wished();
const reckoning = reckon([await walked(), await stormed(seconds)], EXPLAINED);
if (json) process.stdout.write(`${JSON.stringify(reckoning)}\n`);
else tell(reckoning, (line) => void process.stdout.write(`${line}\n`));
(json ? err : (text: string) => void process.stdout.write(`${text}\n`))(summaryOf(reckoning));
process.exit(reckoning.isGood ? 0 : 1);
