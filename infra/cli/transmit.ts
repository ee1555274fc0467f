import { COMMANDS } from './command-list.ts';
import { run } from './run.ts';

// Whoever reads the answers of a batch may have seen enough of them.
process.stdout.on('error', () => process.exit(1));

process.exitCode = await run(COMMANDS, process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  input: () => process.stdin,
});
