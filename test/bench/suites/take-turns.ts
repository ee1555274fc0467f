import type { Suite } from '../cases.ts';
import { Child } from '../protocol/child.ts';
import type { Measured } from '../results.ts';
import type { Session } from '../session.ts';
import { effortIn, interleave, type Effort, type Turn } from './interleave.ts';

/** One thing to do, and where its input lies. */
export interface Task {
  readonly mode: string;
  readonly folder: string;
  /** Tasks that name the same process share it: where nearly all of the code is the same, no compiler tells them apart. */
  readonly process?: string;
}

/**
 * Measures tasks of one program against each other, each in a process of its own unless they name one: they stand in
 * the results as contestants.
 */
export async function takeTurns(
  session: Session,
  suite: Suite,
  name: string,
  program: string,
  tasks: Readonly<Record<string, Task>>,
  usual: Effort,
): Promise<Measured> {
  const { bundleOf, run, say } = session;
  const effort = effortIn(session, usual);
  const command = { command: process.execPath, args: [bundleOf(program)] };
  const entries = Object.entries(tasks);
  const processes = new Set(entries.map(([task, { process: shared = task }]) => shared));
  const children = new Map([...processes].map((each) => [each, new Child(command)]));
  say(`run ${run}, ${suite}, ${name}: ${effort.rounds} rounds of ${entries.length}`);
  try {
    const turns = entries.map(
      ([task, { mode, folder, process: shared = task }]): [string, Turn] => [
        task,
        (repetitions) => children.get(shared)!.ask(mode, folder, repetitions),
      ],
    );
    const contestants = await interleave(new Map(turns), effort);
    return { suite, case: name, run, unit: 'ms', contestants };
  } finally {
    for (const child of children.values()) await child.end();
  }
}
