import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { Load } from '../parts/load.tsx';
import { Notice } from '../parts/notice.tsx';
import { Answer } from '../provider/answer.tsx';
import type { Answering } from './answers.ts';
import { readTerms } from './read-terms.ts';
import { Sign } from './sign.tsx';
import { SignedBefore } from './signed-before.tsx';
import { hasChanged, signedBy } from './standing.ts';

export interface TermsProps extends Pick<Answering, 'onAgreed' | 'onDeclined'> {
  /** And nobody who acts for one. */
  readonly isPatient: boolean;
  readonly onBack: () => void;
}

/** What the patient is asked to agree to, and the answer: both are kept, the yes and the no. */
export const Terms = ({ isPatient, onBack, ...answering }: TermsProps): JSX.Element => {
  const session = useSession();
  const { flow, words } = session;
  const [isOutdated, setOutdated] = useState(false);
  const Form = flow === 'provider' ? Answer : Sign;
  return (
    <>
      <Heading>{words.terms.heading}</Heading>
      <Load read={(signal) => readTerms(session, signal)}>
        {(terms, again) => {
          const signed = signedBy(terms, isPatient);
          if (signed) return <SignedBefore {...answering} {...terms} signed={signed} />;
          const outdated = (): void => {
            setOutdated(true);
            again();
          };
          return (
            <>
              {(isOutdated || hasChanged(terms)) && (
                <Notice kind="caution" takesFocus={isOutdated}>
                  {words.terms.changed}
                </Notice>
              )}
              <Form {...answering} {...terms} onOutdated={outdated} />
            </>
          );
        }}
      </Load>
      <Button kind="link" onPress={onBack}>
        {words.back}
      </Button>
    </>
  );
};
