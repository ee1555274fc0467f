import type { JSX } from 'preact';
import type { ConsentText } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { dayIn } from '../parts/moments.ts';
import { filled } from '../words/words.ts';
import type { Answering } from './answers.ts';
import type { Signed } from './standing.ts';
import { TermsText } from './terms-text.tsx';

export interface SignedBeforeProps extends Pick<Answering, 'onAgreed'> {
  readonly signed: Signed;
  readonly text: ConsentText;
}

/** This very text was signed before: nobody is asked twice, and whoever wants to reads it again. */
export const SignedBefore = ({
  signed: { id, signatureName: name, at },
  text,
  onAgreed,
}: SignedBeforeProps): JSX.Element => {
  const { language, words } = useSession();
  const agreed = filled(words.terms.agreed, { name, day: dayIn(language, at) });
  return (
    <>
      <p>{agreed}</p>
      <details>
        <summary>{words.terms.show}</summary>
        <TermsText text={text} agreed={agreed} />
      </details>
      <p class="actions">
        <Button kind="primary" onPress={() => onAgreed(id, name)}>
          {words.terms.next}
        </Button>
      </p>
    </>
  );
};
