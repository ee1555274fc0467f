import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../api/problem.ts';
import type { Copy, Request } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { type Followed, isOver, lookedAt, pauseSeconds } from './plan.ts';

interface Seen {
  readonly copies: readonly Followed[];
  /** Why the last look showed nothing. */
  readonly problem?: Problem | undefined;
}

/**
 * Looks at the copies of a request until each has ended, the screen is left, or nobody is signed in: then not before
 * `again` is called.
 */
export function useCopies({ id, addresses }: Request): Seen & { readonly again: () => void } {
  const { call, tell, there } = useSession();
  const [seen, see] = useState<Seen>({ copies: addresses });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    const follow = async (): Promise<void> => {
      let { copies } = seen;
      for (let looks = 0; !signal.aborted && !copies.every(hasEnded); looks += 1) {
        const answer = await call<Page>(`GET ${there}/transmissions?limit=100`, { signal });
        if (signal.aborted) return;
        if (answer.ok) {
          copies = lookedAt(copies, answer.body.transmissions, id);
          see({ copies });
          for (const { copy, isNews } of copies) {
            if (copy && isNews) tell('share-status', statusOf(copy));
          }
        } else {
          see({ copies, problem: answer.problem });
          if (answer.problem.code === 'portal/signed-out') return;
        }
        await rest(pauseSeconds(looks), signal);
      }
    };
    void follow();
    return () => left.abort();
  }, [round]);
  return { ...seen, again: () => setRound(round + 1) };
}

interface Page {
  readonly transmissions: readonly Copy[];
}

const hasEnded = ({ copy }: Followed): boolean => copy !== undefined && isOver(copy);

const statusOf = ({ id, status, code }: Copy) => ({
  transmissionId: id,
  status,
  ...(code !== undefined && { code }),
});

/** And on, in the same steps, while nobody can see the page. */
async function rest(seconds: number, signal: AbortSignal): Promise<void> {
  do await new Promise((wake) => setTimeout(wake, seconds * 1000));
  while (document.hidden && !signal.aborted);
}
