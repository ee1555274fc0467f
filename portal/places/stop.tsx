import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { filled } from '../words/words.ts';
import { Ask } from './ask.tsx';
import type { Entry } from './entries.ts';
import { usePost } from './post.ts';
import type { Said } from './said.ts';

export interface StopProps {
  /** What ends by it: all there are, or the one at which it stands. */
  readonly entries: readonly Entry[];
  readonly isAll?: boolean;
  readonly onDone: (said: Said) => void;
}

/** The X of one address, or of all. */
export const Stop = ({ entries, isAll = false, onDone }: StopProps): JSX.Element => {
  const { tell, words } = useSession();
  const texts = words.places;
  const requestIds = [...new Set(entries.map(({ request }) => request.id))];
  const [requestId = ''] = requestIds;
  const to = [...new Set(entries.map(({ address }) => address))].join(', ');
  const attempt = usePost(
    isAll ? 'revoke-all' : `${requestId}/revoke`,
    isAll ? {} : { address: to },
    ({ status = 'revoked', inFlight }) => {
      // The request may go on to its other addresses.
      if (status === 'revoked') tell('share-stopped', { requestIds });
      else tell('share-changed', { requestId });
      onDone({ done: filled(texts.stopped, { to }), inFlight });
    },
  );
  return (
    <Ask
      label={filled(isAll ? texts.all : texts.stopOf, { to })}
      question={filled(isAll ? texts.allAsk : texts.stopAsk, { to })}
      attempt={attempt}
    >
      {isAll ? texts.all : `× ${texts.stop}`}
    </Ask>
  );
};
