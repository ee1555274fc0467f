import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { caseOf, entityOf, type Size } from '../cases.ts';
import { Child } from '../protocol/child.ts';
import type { Measured } from '../results.ts';
import { programsFor, type Contestant, type Mode } from '../roster.ts';
import type { MeasureSuite, Session } from '../session.ts';
import { verifyEntity, verifyPackage } from '../verify.ts';
import { EFFORTS, effortIn, interleave, type Turn } from './interleave.ts';

interface Plan {
  readonly mode: Mode;
  readonly name: string;
  readonly folder: string;
  readonly size: Size;
}

/** Record bytes in, the bytes of a message out. */
export const pipeline: MeasureSuite = (session) =>
  measured(
    session,
    'pipeline',
    session.sizes.flatMap((size) =>
      session.families.map((family) => {
        const name = caseOf(family, size);
        return { mode: 'pipeline', name, folder: join(session.work, name), size };
      }),
    ),
  );

/** A MIME entity in, the bytes of a message out. */
export const smime: MeasureSuite = (session) =>
  measured(
    session,
    'smime',
    session.sizes.map((size) => ({
      mode: 'smime',
      name: entityOf(size),
      folder: join(session.work, caseOf('structured', size)),
      size,
    })),
  );

async function measured(
  session: Session,
  mode: Mode,
  plans: readonly Plan[],
): Promise<readonly Measured[]> {
  const children = new Map<Contestant, Child>();
  for (const { name, program } of programsFor(session, mode)) {
    children.set(name, new Child(program));
  }
  try {
    const all: Measured[] = [];
    for (const plan of plans) all.push(await measureOne(session, plan, children));
    return all;
  } finally {
    for (const child of children.values()) await child.end();
  }
}

async function measureOne(
  session: Session,
  { mode, name, folder, size }: Plan,
  children: ReadonlyMap<Contestant, Child>,
): Promise<Measured> {
  if (session.run === 1) await verifyAll(mode, folder, children);
  const { run, say } = session;
  const effort = effortIn(session, EFFORTS[size]);
  say(`run ${run}, ${mode}, ${name}: ${effort.rounds} rounds of ${children.size}`);
  const turns = new Map(
    [...children].map(([contestant, child]): [string, Turn] => [
      contestant,
      (repetitions) => child.ask(mode, folder, repetitions),
    ]),
  );
  const contestants = await interleave(turns, effort);
  return { suite: mode, case: name, run, unit: 'ms', contestants };
}

/** Nobody is timed whose message openssl does not open, or opens to something else. */
async function verifyAll(
  mode: Mode,
  folder: string,
  children: ReadonlyMap<Contestant, Child>,
): Promise<void> {
  for (const [contestant, child] of children) {
    // The limit writes no message.
    if (contestant === 'limit') continue;
    const message = join(folder, 'message');
    await child.ask(mode, folder, 1, message);
    try {
      (mode === 'pipeline' ? verifyPackage : verifyEntity)(message, folder);
    } catch (error) {
      throw new Error(`What ${contestant} wrote is wrong (${mode})`, { cause: error });
    }
    for (const each of ['', '.signed', '.entity']) rmSync(message + each, { force: true });
  }
}
