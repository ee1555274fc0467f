import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { dayIn } from '../parts/moments.ts';
import { Trouble } from '../parts/trouble.tsx';
import { filled } from '../words/words.ts';
import { openAddresses } from './draft.ts';
import type { Entry } from './entries.ts';
import { usePost } from './post.ts';
import type { Said } from './said.ts';

export interface GoOnProps {
  readonly entry: Entry;
  readonly onDone: (said: Said) => void;
}

/** Why no copies go there for the time being, or will not before long, and letting them go on. */
export const GoOn = ({ entry, onDone }: GoOnProps): JSX.Element | undefined => {
  const { tell, words, language } = useSession();
  const { request, address, paused } = entry;
  const { id, status, reviewReportedAt, pausesAt } = request;
  // What is paused as a whole goes on as a whole.
  const isOne = paused && status === 'active';
  const to = isOne ? address : openAddresses(request).join(', ');
  const { problem, isBusy, go } = usePost(`${id}/resume`, isOne ? { address } : {}, () => {
    tell('share-changed', { requestId: id });
    onDone({ done: filled(words.places.goesOn, { to }) });
  });
  const day = reviewReportedAt && pausesAt && dayIn(language, pausesAt);
  const why = paused?.sentence ?? (day && filled(words.places.review, { day }));
  if (!why) return undefined;
  return (
    <div class="notice caution">
      <p>{why}</p>
      {problem && <Trouble problem={problem} onAgain={go} />}
      <Button label={`${words.places.goOn}: ${to}`} isBusy={isBusy} onPress={go}>
        {words.places.goOn}
      </Button>
    </div>
  );
};
