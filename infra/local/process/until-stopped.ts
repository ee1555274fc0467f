interface Closable {
  close(): Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** An orderly end takes at most this long; then the process goes, and what it started goes with it. */
const PATIENCE_MILLISECONDS = 5000;

/**
 * Waits for a start. One that fails is said in its own words, which name the remedy; the stack would only hide them.
 *
 * @returns nothing when it failed
 */
export async function startedOrSaid<T>(starting: Promise<T>, name: string): Promise<T | undefined> {
  try {
    return await starting;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${name}: could not start: ${words}\n`);
    return undefined;
  }
}

/**
 * Closes what is running, or still starting, at Ctrl-C and its like, and ends the process.
 *
 * A terminal sends Ctrl-C to all processes of a command, and npm hands it on as well: a second one changes nothing.
 *
 * @param lastWords says how it ended; called at the very end
 */
export function untilStopped(starting: Promise<Closable>, lastWords: () => void): void {
  const end = (): void => {
    lastWords();
    process.exit(130);
  };
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(end, PATIENCE_MILLISECONDS).unref();
    void starting
      .then((running) => running.close())
      .catch(() => undefined)
      .then(end);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
}
