import { parseArgs } from 'node:util';

/** What was asked for on the command line. */
export interface Asked {
  /** Names of suites, in the order of the list. */
  readonly suites: readonly string[];
  readonly json: boolean;
  /** docs/interop.md anew. */
  readonly write: boolean;
}

export const usageOf = (names: readonly string[]): string => `npm run conformance [-- OPTION...]
  --suite NAMES  of ${names.join(',')}; all unless given
  --json         one JSON value on standard output, the summary on standard error
  --write        writes what came of it into docs/interop.md first`;

/** @throws Error with the usage, on words that are none of it */
export function readArguments(args: readonly string[], names: readonly string[]): Asked {
  const { values } = parsed(args, names);
  const asked = values.suite?.flatMap((each) => each.split(','));
  const unknown = (asked ?? []).filter((each) => !names.includes(each));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}.\n${usageOf(names)}`);
  return {
    suites: names.filter((name) => asked?.includes(name) ?? true),
    json: values.json,
    write: values.write,
  };
}

function parsed(args: readonly string[], names: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        suite: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n${usageOf(names)}`,
      {
        cause: error,
      },
    );
  }
}
