import { withBlanks } from '../characters.ts';
import type { Now } from '../clock.ts';
import type { Outcome } from '../outcome.ts';
import type { Look } from './discovery.ts';

/** What was asked so far, in order, also while some of it is asked at once. */
export interface Trace {
  readonly looks: readonly Look[];
  /**
   * Asks, and notes how it went; `said` tells what came. Names are of others' choosing: what would move a cursor or hide
   * text in an operator's terminal is left out.
   */
  look<T>(
    about: Pick<Look, 'stage' | 'name'>,
    ask: () => Promise<Outcome<T>>,
    said: (value: T) => Pick<Look, 'found' | 'code'>,
  ): Promise<Outcome<T>>;
}

export function newTrace(now: Now): Trace {
  const looks: Look[] = [];
  return {
    looks,
    async look(about, ask, said) {
      const startedMs = now().getTime();
      const shown = { ...about, name: withBlanks(about.name) };
      const place = looks.push({ ...shown, found: 0, tookMs: 0 }) - 1;
      const answer = await ask();
      const { found, code } = answer.ok
        ? said(answer.value)
        : { found: 0, code: answer.failure.code };
      const tookMs = now().getTime() - startedMs;
      looks[place] = { ...shown, found, ...(code && { code }), tookMs };
      return answer;
    },
  };
}
