import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { Field } from '../parts/field.tsx';
import { signatureIn } from '../terms/signature.ts';
import { OneOf } from './one-of.tsx';
import type { Told } from './told.ts';

export interface BasisProps {
  readonly told: Told;
  readonly onChange: (told: Told) => void;
  /** Somebody tried to go on: what is missing is said. */
  readonly isTried: boolean;
  /** The API wants the name of a witness. */
  readonly needsWitness: boolean;
}

/** How the patient said it, and how it is known who that is. */
export const BasisFields = ({ told, onChange, isTried, needsWitness }: BasisProps): JSX.Element => {
  const words = useSession().words.provider;
  const { method, identityCheck, witness } = told;
  const pick = (value: string | undefined): string | undefined =>
    isTried && !value ? words.pick : undefined;
  const isWrong = signatureIn(witness) === undefined && (witness === '' ? needsWitness : isTried);
  return (
    <>
      <OneOf
        legend={words.how}
        options={words.method}
        value={method}
        onChoose={(chosen) => onChange({ ...told, method: chosen })}
        wrong={pick(method)}
      />
      {method === 'oral' && (
        <Field
          label={words.witness}
          value={witness}
          onType={(typed) => onChange({ ...told, witness: typed })}
          wrong={isWrong ? words.witnessWrong : undefined}
        />
      )}
      <OneOf
        legend={words.who}
        options={words.identity}
        value={identityCheck}
        onChoose={(chosen) => onChange({ ...told, identityCheck: chosen })}
        wrong={pick(identityCheck)}
      />
    </>
  );
};
