import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Keeps a foreign program from outliving us. Our end of the pipe on fd 3 closes when we end, in whatever way, and the
 * reader kills. The program is asked first, for it may have a database file open, and killed after 3 s.
 */
const LEASH = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
{
  read -r _ <&3
  kill "$child"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    sleep 0.2
    kill -0 "$child" || exit 0
  done
  kill -9 "$child"
} 2>/dev/null &
reader=$!
wait "$child"
code=$?
kill "$reader" 2>/dev/null
[ -z "$LEASH_SCRATCH" ] || rm -rf "$LEASH_SCRATCH"
exit $code
`;

export interface Leashed {
  /** The shell that holds the leash: its exit code is the program's. */
  readonly process: ChildProcess;
  /** The last line that the program said on standard error. */
  complaint(): string;
  /** Resolves when the program has ended. */
  end(): Promise<void>;
}

export interface LeashOptions {
  readonly cwd?: string;
  /** Beside the variables of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** A folder that is removed when the program has ended, however we did. */
  readonly scratch?: string;
}

/** Starts a program that is no Node, and so cannot watch for its parent itself; it ends when this process does. */
export function spawnLeashed(
  command: readonly string[],
  { cwd, env = {}, scratch = '' }: LeashOptions = {},
): Leashed {
  // A group of its own: Ctrl-C in a terminal reaches us, and we end it when we are ready to.
  const child = spawn('sh', ['-c', LEASH, 'sh', ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    env: { ...process.env, ...env, LEASH_SCRATCH: scratch },
    ...(cwd === undefined ? {} : { cwd }),
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said = `${said}${bytes.toString()}`.slice(-2000);
  });
  const ended = new Promise<void>((resolveEnded) => {
    child.once('exit', () => resolveEnded());
    child.once('error', () => resolveEnded());
  });
  child.stdin.on('error', () => undefined);
  return {
    process: child,
    complaint: () => said.trim().split('\n').at(-1) ?? '',
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
