import { CommandError, type Command, type Report } from './command.ts';

export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Runs one command of the operator's tool.
 *
 * @returns the exit code: 0 when the command found what it was asked for, else 1
 */
export async function run(
  commands: Readonly<Record<string, Command>>,
  given: readonly string[],
  output: Output,
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
  try {
    const report = await command.run(args);
    print(report, asJson, output);
    return report.ok ? 0 : 1;
  } catch (error) {
    return refuse(lineOf(error, command), asJson, output);
  }
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

/** What others wrote, in certificates and messages, must not steer the terminal. */
const printable = (line: string): string => line.replace(/\p{Cc}/gu, '?');

/** One line, whatever went wrong; an error that is nobody's mistake but ours keeps its name. */
function lineOf(error: unknown, { usage }: Command): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.message.split('\n')[0] ?? '';
  if (error instanceof CommandError) return text;
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_PARSE_ARGS')) return `${text.split('. ')[0]}. Usage: ${usage}`;
  return `${error.name}: ${text}`;
}

const usageOf = ({ usage, does }: Command): readonly string[] => [
  `Usage: npm run transmit -- ${usage} [--json]`,
  does,
];

const helpOf = (commands: Readonly<Record<string, Command>>): readonly string[] => [
  'Usage: npm run transmit -- COMMAND … [--json]',
  '',
  ...Object.values(commands).flatMap(({ usage, does }) => [`  ${usage}`, `      ${does}`]),
  '',
  'With --json the one JSON value is on standard output and the summary on standard error.',
];
