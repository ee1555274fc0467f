import type { ComponentChildren, JSX } from 'preact';
import { useLoaded } from '../api/loaded.ts';
import type { Answer } from '../api/problem.ts';
import { useSession } from '../element/session.ts';
import { Busy } from './busy.tsx';
import { Trouble } from './trouble.tsx';

export interface LoadProps<Body> {
  readonly read: (signal: AbortSignal) => Promise<Answer<Body>>;
  /** @param again reads once more; what was read before is shown until then */
  readonly children: (body: Body, again: () => void) => ComponentChildren;
  /** What it is about: of something else it is read anew. */
  readonly of?: string;
  /** Stands above why it could not be read. */
  readonly heading?: JSX.Element;
}

/** What is read from the API when a screen comes up: under way, in vain, or there. */
export function Load<Body>({ read, children, of, heading }: LoadProps<Body>): JSX.Element {
  const { words } = useSession();
  const [loaded, again] = useLoaded(read, of);
  if (loaded.state === 'loading') return <Busy>{words.busy.loading}</Busy>;
  if (loaded.state === 'loaded') return <>{children(loaded.body, again)}</>;
  return (
    <>
      {heading}
      <Trouble problem={loaded.problem} onAgain={again} />
    </>
  );
}
