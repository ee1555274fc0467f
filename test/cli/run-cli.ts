import { run } from '../../infra/cli/run.ts';
import type { Command } from '../../infra/cli/command.ts';

export interface Ran {
  readonly exitCode: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** Runs commands as the tool does, with what it prints kept. */
export async function runCli(commands: Record<string, Command>, ...args: string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await run(commands, args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { exitCode, out, err };
}
