import type { Suite } from '../cases.ts';
import { Child } from '../protocol/child.ts';
import type { Measured } from '../results.ts';
import type { Session } from '../session.ts';
import { effortIn, interleave, type Effort, type Turn } from './interleave.ts';

/** One thing to do, and where its input lies. */
export interface Task {
  readonly mode: string;
  readonly folder: string;
}

/**
 * Measures tasks of one program against each other, each in a process of its own: they stand in the results as
 * contestants.
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
  const children = new Map(Object.keys(tasks).map((task) => [task, new Child(command)]));
  say(`run ${run}, ${suite}, ${name}: ${effort.rounds} rounds of ${children.size}`);
  try {
    const turns = Object.entries(tasks).map(([task, { mode, folder }]): [string, Turn] => [
      task,
      (repetitions) => children.get(task)!.ask(mode, folder, repetitions),
    ]);
    const contestants = await interleave(new Map(turns), effort);
    return { suite, case: name, run, unit: 'ms', contestants };
  } finally {
    for (const child of children.values()) await child.end();
  }
}
