import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { filled } from '../words/words.ts';
import { Ask } from './ask.tsx';
import type { Entry } from './entries.ts';
import { usePost } from './post.ts';
import { type Said, saidOf } from './said.ts';

export interface StopProps {
  /** What ends by it: all there are, or the one at which it stands. */
  readonly entries: readonly Entry[];
  readonly isAll?: boolean;
  readonly onDone: (said: Said) => void;
}

/** The X of one address, or of all. */
export const Stop = ({ entries, isAll, onDone }: StopProps): JSX.Element => {
  const { tell, words } = useSession();
  const texts = words.places;
  const requestIds = [...new Set(entries.map(({ request }) => request.id))];
  const addresses = [...new Set(entries.map(({ address }) => address))];
  const [requestId = '', [address = '']] = [requestIds[0], addresses];
  const values = { to: addresses.join(', ') };
  const attempt = usePost(
    isAll ? 'revoke-all' : `${requestId}/revoke`,
    isAll ? {} : { address },
    ({ status, inFlight = [] }) => {
      // The request goes on to its other addresses.
      if (status === 'active' || status === 'paused') tell('share-changed', { requestId });
      else tell('share-stopped', { requestIds });
      onDone(
        saidOf(
          filled(texts[!isAll && entries[0]?.isShared ? 'notAll' : 'stopped'], values),
          inFlight,
          texts,
        ),
      );
    },
  );
  return isAll ? (
    <Ask label={texts.all} question={texts.allAsk} attempt={attempt}>
      {texts.all}
    </Ask>
  ) : (
    <Ask
      label={filled(texts.stopOf, values)}
      question={filled(texts.stopAsk, values)}
      attempt={attempt}
    >
      {`× ${texts.stop}`}
    </Ask>
  );
};
