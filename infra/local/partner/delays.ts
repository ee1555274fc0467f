import { setTimeout as sleep } from 'node:timers/promises';

/** Work for later, none of which keeps the process, or is done once it is called off. */
export interface Delays {
  readonly after: (minutes: number, work: () => Promise<void>) => void;
  readonly callOff: () => void;
}

/** @param minuteMs how long a minute takes */
export function delays(minuteMs: number): Delays {
  const end = new AbortController();
  return {
    after(minutes, work) {
      sleep(minutes * minuteMs, undefined, { signal: end.signal, ref: false })
        .then(work)
        // Called off, or the sender takes no mail any more: nobody waits for it.
        .catch(() => undefined);
    },
    callOff: () => end.abort(),
  };
}
