import { discoverCommand } from './discover.ts';
import { keysCommand } from './keys.ts';
import { openCommand } from './open.ts';
import { run } from './run.ts';

const COMMANDS = {
  discover: discoverCommand,
  open: openCommand,
  keys: keysCommand,
};

process.exitCode = await run(COMMANDS, process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
