import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { Field } from '../parts/field.tsx';
import { signatureIn } from '../terms/signature.ts';
import { OneOf } from './one-of.tsx';
import type { Told } from './told.ts';

export interface AnswerFieldsProps {
  readonly told: Told;
  readonly onChange: (told: Told) => void;
  /** Somebody tried to go on: what is missing is said. */
  readonly isTried: boolean;
  /** The API wants the name of a witness. */
  readonly needsWitness: boolean;
}

/** What the patient says to the text, how, and by what it is known who that is. */
export const AnswerFields = (props: AnswerFieldsProps): JSX.Element => {
  const words = useSession().words.provider;
  const { told, onChange, isTried, needsWitness } = props;
  const { decision, method, identityCheck, witness } = told;
  const isUnsigned =
    signatureIn(witness) === undefined && (witness === '' ? needsWitness : isTried);
  return (
    <>
      <OneOf
        legend={words.answer}
        options={words.decision}
        value={decision}
        onChoose={(chosen) => onChange({ ...told, decision: chosen })}
        isTried={isTried}
      />
      <OneOf
        legend={words.how}
        options={words.method}
        value={method}
        onChoose={(chosen) => onChange({ ...told, method: chosen })}
        isTried={isTried}
      />
      {method === 'oral' && (
        <Field
          label={words.witness}
          value={witness}
          onType={(typed) => onChange({ ...told, witness: typed })}
          wrong={isUnsigned ? words.witnessWrong : undefined}
        />
      )}
      <OneOf
        legend={words.who}
        options={words.identity}
        value={identityCheck}
        onChoose={(chosen) => onChange({ ...told, identityCheck: chosen })}
        isTried={isTried}
      />
    </>
  );
};
