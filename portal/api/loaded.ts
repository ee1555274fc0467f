import { useEffect, useState } from 'preact/hooks';
import type { Answer, Problem } from './problem.ts';

/** What is read from the API when a screen comes up. */
export type Loaded<Body> =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly body: Body }
  | { readonly state: 'failed'; readonly problem: Problem };

/**
 * Reads once, and again when asked to; what was read before is shown until then.
 *
 * @param of what it is about: of something else it is read anew
 */
export function useLoaded<Body>(
  read: (signal: AbortSignal) => Promise<Answer<Body>>,
  of?: string,
): readonly [Loaded<Body>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<Body>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    // Tried again: that it is under way is shown, and that it failed once more is told once more.
    setLoaded((last) => (last.state === 'failed' ? { state: 'loading' } : last));
    const load = async (): Promise<void> => {
      const answer = await read(left.signal);
      if (left.signal.aborted) return;
      setLoaded(
        answer.ok
          ? { state: 'loaded', body: answer.body }
          : { state: 'failed', problem: answer.problem },
      );
    };
    void load();
    return () => left.abort();
  }, [of, round]);
  return [loaded, () => setRound(round + 1)];
}
