import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { filled } from '../words/words.ts';
import { usePost } from './post.ts';
import type { Said } from './said.ts';
import { Told } from './told.tsx';

/** One more copy at once, to all that a request names. */
export const SendNow = ({ requestId }: { readonly requestId: string }): JSX.Element => {
  const { sendNow, sendsNow } = useSession().words.places;
  const [said, say] = useState<Said>();
  const { isBusy, problem, go } = usePost(`${requestId}/send`, {}, ({ sendsTo = [] }) =>
    say([filled(sendsNow, { to: sendsTo.join(', ') })]),
  );
  return (
    <>
      <Told said={said} />
      {problem && <Trouble problem={problem} onAgain={go} />}
      <p>
        <Button isBusy={isBusy} onPress={go}>
          {sendNow}
        </Button>
      </p>
    </>
  );
};
