import { useRef, useState } from 'preact/hooks';
import { newKey } from './key.ts';
import type { Answer, Problem } from './problem.ts';

export interface Attempt {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  /** Does it, once however often it is pressed; the same wish again goes under the same key. */
  readonly go: () => void;
  readonly forget: () => void;
}

/** The key of each thing that is wished for: one for every attempt at it, whatever is tried in between, until it has happened. */
export class WishKey {
  readonly #keys = new Map<string, string>();

  for(wish: string): string {
    const key = this.#keys.get(wish) ?? newKey();
    this.#keys.set(wish, key);
    return key;
  }

  /** Wished for again, it is another time. */
  happened(wish: string): void {
    this.#keys.delete(wish);
  }
}

/**
 * Something that may happen once only. Each wish has one key, for all its attempts; `wish` is all that makes it what it is,
 * so that what was changed in between is another wish with a key of its own.
 */
export function useAttempt<Body>(
  wish: string,
  act: (key: string) => Promise<Answer<Body>>,
  done: (body: Body) => void,
): Attempt {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [key] = useState(() => new WishKey());
  // Pressed twice before the screen is drawn anew, it is busy already.
  const busy = useRef(false);
  const go = async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setBusy(true);
    setProblem(undefined);
    const answer = await act(key.for(wish));
    busy.current = false;
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    key.happened(wish);
    done(answer.body);
  };
  return { isBusy, problem, go: () => void go(), forget: () => setProblem(undefined) };
}
