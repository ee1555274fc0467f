import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useSession } from '../element/session.ts';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { type Answering, useAnswers } from './answers.ts';
import { signatureIn } from './signature.ts';
import { TermsText } from './terms-text.tsx';

/** The text with its two answers. To agree takes a name and one press; to say no takes one press. */
export const Sign = (answering: Answering): JSX.Element => {
  const { terms, busy } = useSession().words;
  const [typed, setTyped] = useState('');
  const [isAsked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const name = signatureIn(typed);
  const { isBusy, problem, agree, decline, again } = useAnswers(answering, name, () => {
    setAsked(true);
    field.current?.focus();
  });
  return (
    <>
      <TermsText text={answering.text} />
      <Field
        label={terms.name}
        value={typed}
        onType={setTyped}
        autocomplete="name"
        wrong={isAsked && !name ? terms.nameWrong : undefined}
        input={field}
        onEnter={agree}
      />
      {problem && <Trouble problem={problem} onAgain={again} />}
      {isBusy && <Busy>{busy.working}</Busy>}
      <p class="actions">
        <Button kind="primary" onPress={agree} isBusy={isBusy}>
          {terms.agree}
        </Button>
        <Button onPress={decline} isBusy={isBusy}>
          {terms.decline}
        </Button>
      </p>
    </>
  );
};
