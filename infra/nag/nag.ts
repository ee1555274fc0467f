import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, stagesIn } from '../config.ts';
import { directTransmit } from '../direct-transmit.ts';
import { ACKNOWLEDGED } from './acknowledged.ts';
import { judge, type Judged } from './judge.ts';
import { findingsIn, type Finding } from './packs.ts';

/** As many as somebody reads through before a release. */
const MOST_PAIRS = 24;

/** `npm run nag [-- --json]`: three packs of rules over every stack of every stage that has settings. */
function main(asJson: boolean): void {
  const outdir = mkdtempSync(join(tmpdir(), 'direct-transmit-nag-'));
  try {
    const stages = stagesIn();
    const judged = judge(
      stages.flatMap((stage) => findingsOf(stage, outdir)),
      ACKNOWLEDGED,
    );
    const good = isGood(judged);
    const summary = `nag: ${judged.unacknowledged.length} unacknowledged; ${judged.covered.size} pairs of rule and reason cover ${total(judged)} findings in ${stages.length} stages; ${good ? 'good' : 'not good'}`;
    if (asJson) process.stdout.write(`${JSON.stringify(described(judged, stages))}\n`);
    else
      process.stdout.write(
        linesOf(judged)
          .map((line) => `${line}\n`)
          .join(''),
      );
    (asJson ? process.stderr : process.stdout).write(`${summary}\n`);
    process.exitCode = good ? 0 : 1;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const findingsOf = (stage: string, outdir: string): Finding[] =>
  findingsIn(directTransmit({ config: readConfig({ stage }), outdir: join(outdir, stage) }));

const isGood = ({ unacknowledged, covered, idle }: Judged): boolean =>
  unacknowledged.length === 0 && idle.length === 0 && covered.size <= MOST_PAIRS;

const total = ({ covered }: Judged): number =>
  [...covered.values()].reduce((sum, count) => sum + count, 0);

const described = ({ unacknowledged, covered, idle }: Judged, stages: readonly string[]) => ({
  stages,
  unacknowledged,
  acknowledged: Object.fromEntries(covered),
  idle,
});

const linesOf = ({ unacknowledged, covered, idle }: Judged): string[] => [
  ...[...covered].map(([pair, count]) => `${String(count).padStart(5)}  ${pair}`),
  ...idle.map((pair) => `Covers nothing any more, remove it: ${pair}`),
  ...unacknowledged.map(
    ({ rule, detail, path, says }) =>
      `Unacknowledged: ${rule}${detail ? `[${detail}]` : ''} at ${path}: ${says}`,
  ),
  ...(covered.size > MOST_PAIRS ? [`More than ${MOST_PAIRS} pairs: cure some of them`] : []),
];

main(process.argv.includes('--json'));
