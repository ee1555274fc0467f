import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useSession } from '../element/session.ts';
import { BasisFields } from './basis.tsx';
import { OneOf } from './one-of.tsx';
import type { Told } from './told.ts';

export interface AnswerFieldsProps {
  readonly told: Told;
  readonly onChange: (told: Told) => void;
  /** How often somebody tried to go on: each time the focus goes to what is missing. */
  readonly tried: number;
  /** The API wants the name of a witness. */
  readonly needsWitness: boolean;
}

/** What the patient says to the text, how, and by what it is known who that is. */
export const AnswerFields = (props: AnswerFieldsProps): JSX.Element => {
  const words = useSession().words.provider;
  const fields = useRef<HTMLDivElement>(null);
  const { told, onChange, tried, needsWitness } = props;
  useLayoutEffect(() => {
    const missing = '[aria-invalid] input, input[aria-invalid]';
    if (tried > 0) fields.current?.querySelector<HTMLElement>(missing)?.focus();
  }, [tried, needsWitness]);
  return (
    <div ref={fields}>
      <OneOf
        legend={words.answer}
        options={words.decision}
        value={told.decision}
        onChoose={(decision) => onChange({ ...told, decision })}
        wrong={tried > 0 && !told.decision ? words.pick : undefined}
      />
      <BasisFields {...props} isTried={tried > 0} />
    </div>
  );
};
