import { join } from 'node:path';
import { FUNCTIONS, importOf, processorOf, sizeOf } from '../bundles/floors.ts';
import { costOf, programsIn, type Cost, type Programs } from '../bundles/programs.ts';
import { seriesOf, type Measured } from '../results.ts';
import type { MeasureSuite, Session } from '../session.ts';

/** A start is disturbed more easily than warm work. */
const ROUNDS = 9;

/** How large the bundle of each function is, and what its import takes in a fresh process. */
export const bundles: MeasureSuite = async (session) => {
  const programs = await programsIn(
    join(session.work, 'bundles'),
    session.bundleOf('cost-of-import'),
  );
  try {
    const sizes = FUNCTIONS.map((name) => sizeIn(session.run, name, programs));
    return [...sizes, ...(await imports(session, programs))];
  } finally {
    await programs.surroundings.close();
  }
};

function sizeIn(run: number, name: string, programs: Programs): Measured {
  const { minified, gzip } = programs.sizeOf(name);
  const contestants = { minified: seriesOf([minified]), gzip: seriesOf([gzip]) };
  return { suite: 'bundles', case: sizeOf(name), run, unit: 'KB', contestants };
}

/** The functions take turns too, so that whatever the machine does happens to all of them. */
async function imports(session: Session, programs: Programs): Promise<readonly Measured[]> {
  const { run, say, quick } = session;
  const rounds = session.rounds ?? (quick ? Math.ceil(ROUNDS / 2) : ROUNDS);
  say(`run ${run}, bundles: ${rounds} rounds of ${FUNCTIONS.length} functions`);
  const timer = session.bundleOf('cost-of-import');
  const cost = (program: string): Promise<Cost> => costOf(timer, program, programs.surroundings);
  const costs = new Map<string, Costs>(
    FUNCTIONS.map((name) => [name, { bare: [], libraries: [], function: [] }]),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, each] of costs) {
      each.bare.push(await cost(session.bundleOf('nothing')));
      each.libraries.push(await cost(programs.librariesOf(name)));
      each.function.push(await cost(programs.bundleOf(name)));
    }
  }
  return [...costs].flatMap(([name, each]) => [
    measuredOf(run, importOf(name), each, ({ ms }) => ms),
    measuredOf(run, processorOf(name), each, ({ processorMs }) => processorMs),
  ]);
}

type Costs = Record<'bare' | 'libraries' | 'function', Cost[]>;

const measuredOf = (
  run: number,
  name: string,
  { bare, libraries, function: ours }: Costs,
  of: (cost: Cost) => number,
): Measured => ({
  suite: 'bundles',
  case: name,
  run,
  unit: 'ms',
  contestants: {
    'bare Node': seriesOf(bare.map(of)),
    libraries: seriesOf(libraries.map(of)),
    function: seriesOf(ours.map(of)),
  },
});
