import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { caseOf } from '../cases.ts';
import { Child, type Program } from '../protocol/child.ts';
import { opensslProgram } from '../protocol/openssl.ts';
import { seriesOf, type Measured } from '../results.ts';
import { programsFor, type Mode, type Present } from '../roster.ts';
import type { MeasureSuite, Session } from '../session.ts';

/** A start is disturbed more easily than warm work, and cannot be repeated within a turn. */
const ROUNDS = 15;

/** Milliseconds of one start. */
type Start = () => Promise<number>;

/** What a function pays once: the import, its first message, and for a program the whole of its life. */
export const coldStart: MeasureSuite = async (session) => {
  const importOf = (bundle: string): Start => {
    const args = [session.bundleOf('time-import'), session.bundleOf(bundle)];
    return async () => Number(output({ command: process.execPath, args }));
  };
  const imports = await measured(session, 'import', {
    libraries: importOf('libraries'),
    'with ours': importOf('with-ours'),
  });
  return session.run === 1 && !session.quick ? [imports, ...(await unjudged(session))] : [imports];
};

/** What no floor speaks of is measured in the first run only. */
async function unjudged(session: Session): Promise<readonly Measured[]> {
  const record = join(session.work, caseOf('structured', '100k'));
  const entity = join(session.work, caseOf('structured', '1m'));
  return [
    await measured(
      session,
      'first message, 100 KB',
      startsOf(
        session,
        'pipeline',
        ({ program }) =>
          () =>
            firstMessage(program, record),
      ),
    ),
    await measured(
      session,
      'a process for one entity, 1 MB',
      startsOf(session, 'smime', (entrant) => () => wholeProcess(entrant, entity)),
    ),
  ];
}

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
  return {
    suite: 'cold-start',
    case: name,
    run,
    unit: 'ms',
    contestants: Object.fromEntries(contestants),
  };
}

const startsOf = (
  session: Session,
  mode: Mode,
  startOf: (entrant: Present) => Start,
): Readonly<Record<string, Start>> =>
  Object.fromEntries(
    programsFor(session, mode)
      .filter(({ name }) => name !== 'limit')
      .map((entrant) => [entrant.name, startOf(entrant)]),
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

/** From nothing to a message in a file. Openssl is started as it is, not by the process that drives it elsewhere. */
async function wholeProcess({ name, program }: Present, folder: string): Promise<number> {
  const message = join(folder, 'message');
  const start = performance.now();
  if (name === 'openssl') output(opensslProgram(folder, message));
  else output(program, `smime ${folder} 1 ${message}\n`);
  return performance.now() - start;
}

function output({ command, args }: Program, input = ''): string {
  const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return stdout;
}
