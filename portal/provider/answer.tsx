import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useSession } from '../element/session.ts';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { goToWrong } from '../parts/wrong.ts';
import { type Answering, useAnswer } from '../terms/answers.ts';
import { TermsText } from '../terms/terms-text.tsx';
import { AnswerFields } from './answer-fields.tsx';
import { basisIn, UNTOLD } from './told.ts';

/** The text with what the patient says to it, as a provider puts it on record with the patient beside. */
export const Answer = ({ onOutdated, ...answering }: Answering): JSX.Element => {
  const { words } = useSession();
  const [told, tell] = useState(UNTOLD);
  const [tried, setTried] = useState(0);
  const onBehalf = basisIn(told);
  const renewed = (): void => {
    // To another text nothing was said yet.
    tell((now) => ({ ...now, decision: undefined }));
    onOutdated();
  };
  const said = { ...answering, onOutdated: renewed };
  const { problem, isBusy, go } = useAnswer(told.decision ?? 'rejected', said, { onBehalf });
  const needsWitness = problem?.pointers?.includes('/onBehalf/witness') ?? false;
  const fields = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (tried > 0) goToWrong(fields.current);
  }, [tried, needsWitness]);
  const press = (): void => {
    setTried(tried + 1);
    if (told.decision && onBehalf) go();
  };
  return (
    <>
      <TermsText text={answering.text} />
      <div ref={fields}>
        <AnswerFields told={told} onChange={tell} isTried={tried > 0} needsWitness={needsWitness} />
      </div>
      {problem && !needsWitness && <Trouble problem={problem} onAgain={press} />}
      {isBusy && <Busy>{words.busy.working}</Busy>}
      <p class="actions">
        <Button kind="primary" onPress={press} isBusy={isBusy}>
          {words.provider.record}
        </Button>
      </p>
    </>
  );
};
