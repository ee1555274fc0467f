/** Runs the work when it is the turn of its key; undefined when the signal came first, and then it never runs. */
export type TakeTurn = <T>(
  key: string,
  within: AbortSignal,
  work: () => Promise<T>,
) => Promise<T | undefined>;

interface Line {
  running: number;
  /** Each begins the work of one who waits, in the order in which they came. */
  readonly waiting: Set<() => void>;
}

/** Lets a few work at a time under each key; the others wait in line. */
export function takeTurns(atOnce: number): TakeTurn {
  const lines = new Map<string, Line>();
  return async (key, within, work) => {
    const line = lines.get(key) ?? { running: 0, waiting: new Set() };
    lines.set(key, line);
    if (line.running < atOnce) line.running += 1;
    else if (!(await turnIn(line, within))) return undefined;
    try {
      return await work();
    } finally {
      const [next] = line.waiting;
      // Whoever comes next takes over the place, so the count stays.
      if (next) next();
      else line.running -= 1;
      if (line.running === 0) lines.delete(key);
    }
  };
}

const turnIn = (line: Line, within: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (hasTurn: boolean) => (): void => {
      line.waiting.delete(begin);
      within.removeEventListener('abort', leave);
      resolve(hasTurn);
    };
    const begin = end(true);
    const leave = end(false);
    if (within.aborted) return resolve(false);
    line.waiting.add(begin);
    within.addEventListener('abort', leave);
  });
