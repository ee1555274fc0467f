import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useLoaded } from '../api/loaded.ts';
import { useSession } from '../element/session.ts';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { Notice } from '../parts/notice.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { Answer } from '../provider/answer.tsx';
import type { Answering } from './answers.ts';
import { readTerms } from './read-terms.ts';
import { Sign } from './sign.tsx';
import { SignedBefore } from './signed-before.tsx';
import { hasChanged, signedBy, type TermsOfToday } from './standing.ts';

export interface TermsProps extends Pick<Answering, 'onAgreed' | 'onDeclined'> {
  /** And nobody who acts for one. */
  readonly isPatient: boolean;
  readonly onBack: () => void;
}

/** What the patient is asked to agree to, and the answer: both are kept, the yes and the no. */
export const Terms = (props: TermsProps): JSX.Element => {
  const session = useSession();
  const { words } = session;
  const [loaded, load] = useLoaded((signal) => readTerms(session, signal));
  return (
    <>
      {/* Another one after a failure: it takes the focus from what is gone. */}
      <Heading key={loaded.state === 'failed'}>{words.terms.heading}</Heading>
      {loaded.state === 'loading' && <Busy>{words.busy.loading}</Busy>}
      {loaded.state === 'failed' && <Trouble problem={loaded.problem} onAgain={load} />}
      {loaded.state === 'loaded' && <Asked {...props} terms={loaded.body} onOutdated={load} />}
      <Button kind="link" onPress={props.onBack}>
        {words.back}
      </Button>
    </>
  );
};

type AskedProps = TermsProps &
  Pick<Answering, 'onOutdated'> & {
    readonly terms: TermsOfToday;
  };

const Asked = ({ terms, onOutdated, ...props }: AskedProps): JSX.Element => {
  const { flow, words } = useSession();
  const [isOutdated, setOutdated] = useState(false);
  const { text } = terms;
  const Form = flow === 'provider' ? Answer : Sign;
  const signed = signedBy(terms, props.isPatient);
  if (signed) return <SignedBefore signed={signed} text={text} onAgreed={props.onAgreed} />;
  return (
    <>
      {(isOutdated || hasChanged(terms)) && (
        <Notice kind="caution" takesFocus={isOutdated}>
          {words.terms.changed}
        </Notice>
      )}
      <Form
        {...props}
        text={text}
        onOutdated={() => {
          setOutdated(true);
          onOutdated();
        }}
      />
    </>
  );
};
