import { Readable } from 'node:stream';
import { run } from '../../infra/cli/run.ts';
import type { Command } from '../../infra/cli/command.ts';

export interface Ran {
  readonly exitCode: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** Runs commands as the tool does, with what it prints kept. */
export const runCli = (commands: Record<string, Command>, ...args: string[]): Promise<Ran> =>
  runWith([], commands, ...args);

/** Answers a line for each request; what is no object goes in as it is. */
export async function runBatchOf(
  command: Command,
  requests: readonly (object | string | Uint8Array)[],
): Promise<Ran & { readonly answers: readonly Record<string, unknown>[] }> {
  const lines = requests.flatMap((each) => [
    typeof each === 'string' || each instanceof Uint8Array ? each : JSON.stringify(each),
    '\n',
  ]);
  const ran = await runWith(lines, { it: command }, 'it', '--batch');
  const answers = ran.out.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ...ran, answers };
}

async function runWith(
  chunks: readonly (string | Uint8Array)[],
  commands: Record<string, Command>,
  ...args: string[]
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await run(commands, args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    input: () => Readable.from(chunks.map((each) => Buffer.from(each))),
  });
  return { exitCode, out, err };
}
