import type { Batch } from './batch/batch.ts';
import { runBatch } from './batch/run-batch.ts';
import {
  lineOf,
  printable,
  UsageError,
  type Command,
  type Report,
  type Terminal,
} from './command.ts';

type Output = Pick<Terminal, 'out' | 'err'>;

/**
 * Runs one command of the operator's tool.
 *
 * @returns the exit code: 0 when the command found what it was asked for, else 1
 */
export async function run(
  commands: Readonly<Record<string, Command>>,
  given: readonly string[],
  output: Terminal,
): Promise<number> {
  const asJson = given.includes('--json');
  const [name, ...args] = given.filter((word) => word !== '--json');
  if (name === '--help' || name === 'help') return explain(helpOf(commands), output);
  if (name === undefined) {
    return refuse('Name a command; --help lists those that there are.', asJson, output);
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const line = `There is no command "${name}"; --help lists those that there are.`;
    return refuse(line, asJson, output);
  }
  if (args.includes('--help')) return explain(usageOf(command), output);
  if (args.includes('--batch')) return batched(name, command, args, output);
  try {
    const report = await command.run(args);
    print(report, asJson, output);
    return report.ok ? 0 : 1;
  } catch (error) {
    return refuse(lineFor(command, error), asJson, output);
  }
}

async function batched(
  name: string,
  { batch }: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (batch && args.length === 1) return runBatch(name, batch, terminal);
  const why = batch ? 'takes nothing else: every request is a line' : 'is not there';
  return refuse(`\`${name} --batch\` ${why}.`, false, terminal);
}

function explain(lines: readonly string[], { out }: Output): number {
  for (const line of lines) out(line);
  return 0;
}

/** Standard output is one JSON value also when nothing could be found out. */
function refuse(line: string, asJson: boolean, { out, err }: Output): number {
  if (asJson) out(JSON.stringify({ error: line }, undefined, 2));
  err(printable(line));
  return 1;
}

function print({ json, lines, summary }: Report, asJson: boolean, { out, err }: Output): void {
  if (asJson) {
    out(JSON.stringify(json, undefined, 2));
    err(summary);
    return;
  }
  for (const line of [...lines, summary]) out(printable(line));
}

const lineFor = ({ usage }: Command, error: unknown): string =>
  error instanceof UsageError ? `${lineOf(error)} Usage: ${usage}` : lineOf(error);

const usageOf = ({ usage, does, notes = [], batch }: Command): readonly string[] => [
  `Usage: npm run transmit -- ${usage} [--json]`,
  does,
  ...notes,
  ...ENDINGS,
  ...(batch
    ? [
        '',
        `Usage: npm run -s transmit -- ${usage.split(' ')[0]} --batch`,
        ...batchOf(batch),
        ...(batch.notes ?? []),
        ...BATCHES,
      ]
    : []),
];

const batchOf = ({ takes, verdict = 'ok', gives }: Batch): readonly string[] => [
  `Reads ${takes} from each line of standard input,`,
  `writes {"id","${verdict}","code",${gives.slice(1)} for each.`,
];

const ENDINGS = [
  'The last line sums up. The exit code is 0 when the command found what it was asked for, and 1 when it did not or',
  'could not be done. With --json the one JSON value is on standard output and the summary on standard error.',
];

const BATCHES = [
  'With --batch one line is read and answered after the other; `code` is absent on success. The summary is on',
  'standard error. The exit code is 0 when every request could be processed, be its answer a refusal, and 1 when a',
  'line was no request or a file that it names could not be read.',
];

const helpOf = (commands: Readonly<Record<string, Command>>): readonly string[] => [
  'Usage: npm run transmit -- COMMAND … [--json]',
  '',
  ...Object.entries(commands).flatMap(([name, { usage, does, batch }]) => [
    `  ${usage}`,
    `      ${does}`,
    ...(batch ? [`  ${name} --batch`, ...batchOf(batch).map((line) => `      ${line}`)] : []),
  ]),
  '',
  'COMMAND --help says what its options take.',
  ...ENDINGS,
  ...BATCHES,
];
