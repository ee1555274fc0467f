import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Child, type Program } from '../protocol/child.ts';
import { seriesOf, type Measured } from '../results.ts';
import type { Contestant, Mode } from '../roster.ts';
import type { MeasureSuite, Session } from '../session.ts';

/** A start is disturbed more easily than warm work, and cannot be repeated within a turn. */
const ROUNDS = 15;

/** Milliseconds of one start. */
type Start = () => Promise<number>;

/** What a function pays once: the import, its first message, and for a program the whole of its life. */
export const coldStart: MeasureSuite = async (session) => {
  const importOf = (bundle: string): Start => {
    const args = [session.bundleOf('time-import'), session.bundleOf(bundle)];
    return async () => Number(output(process.execPath, args));
  };
  return [
    await measured(session, 'import', {
      libraries: importOf('libraries'),
      'with ours': importOf('with-ours'),
    }),
    await measured(
      session,
      'first message of 100 KB',
      startsOf(session, 'pipeline', (program) => () =>
        firstMessage(program, join(session.work, 'structured-100k')),
      ),
    ),
    await measured(
      session,
      'a process for one entity of 1 MB',
      startsOf(session, 'smime', (program) => () =>
        wholeProcess(program, join(session.work, 'structured-1m')),
      ),
    ),
  ];
};

async function measured(
  { run, rounds = ROUNDS, say }: Session,
  name: string,
  starts: Readonly<Record<string, Start>>,
): Promise<Measured> {
  const all = Object.entries(starts);
  say(`run ${run}, cold-start, ${name}: ${rounds} rounds of ${all.length}`);
  const values = new Map(all.map(([contestant]): [string, number[]] => [contestant, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [contestant, start] of all) values.get(contestant)?.push(await start());
  }
  const contestants = [...values].map(([contestant, each]) => [contestant, seriesOf(each)]);
  return { suite: 'cold-start', case: name, run, unit: 'ms', contestants: Object.fromEntries(contestants) };
}

const startsOf = (
  { entrants }: Session,
  mode: Mode,
  startOf: (program: Program) => Start,
): Readonly<Record<string, Start>> =>
  Object.fromEntries(
    entrants.flatMap((entrant): [Contestant, Start][] =>
      'program' in entrant && entrant.name !== 'limit' && entrant.modes.includes(mode)
        ? [[entrant.name, startOf(entrant.program)]]
        : [],
    ),
  );

/** Without the start of the process and its imports. */
async function firstMessage(program: Program, folder: string): Promise<number> {
  const child = new Child(program);
  try {
    await child.ask('idle');
    return (await child.ask('pipeline', folder, 1)).ms;
  } finally {
    await child.end();
  }
}

/** From nothing to a message in a file. */
async function wholeProcess({ command, args }: Program, folder: string): Promise<number> {
  const start = performance.now();
  output(command, args, `smime ${folder} 1 ${join(folder, 'message')}\n`);
  return performance.now() - start;
}

function output(command: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return stdout;
}
