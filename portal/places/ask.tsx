import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Attempt } from '../api/attempt.ts';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { Trouble } from '../parts/trouble.tsx';

export interface AskProps {
  readonly children: string;
  /** Of the button that asks: what it says may not be enough where it is read alone. */
  readonly label: string;
  readonly question: string;
  readonly attempt: Attempt;
}

/** Something to stop: it asks once, on the spot. The focus goes to the question, and back when all is to stay as it is. */
export const Ask = ({ children, label, question, attempt }: AskProps): JSX.Element => {
  const words = useSession().words.places;
  const [isOpen, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const keep = (): void => {
    if (attempt.isBusy) return;
    attempt.forget();
    setOpen(false);
    whole.current?.querySelector('button')?.focus();
  };
  return (
    <div class="ask" ref={whole} onKeyDown={({ key }) => key === 'Escape' && keep()}>
      <Button
        kind="stop"
        isOpen={isOpen}
        label={label}
        onPress={isOpen ? keep : () => setOpen(true)}
      >
        {children}
      </Button>
      {isOpen && (
        <Notice kind="bad" takesFocus question={question}>
          <p>{question}</p>
          <div class="actions">
            <Button kind="stop" isBusy={attempt.isBusy} onPress={attempt.go}>
              {words.stop}
            </Button>
            <Button onPress={keep}>{words.keep}</Button>
          </div>
        </Notice>
      )}
      {attempt.problem && <Trouble problem={attempt.problem} onAgain={attempt.go} />}
    </div>
  );
};
