import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { filled } from '../words/words.ts';
import type { Addresses } from './addresses.ts';
import * as typed from './typed-addresses.ts';
import type { Verdict } from './verdict.ts';

export type AddressFieldsProps = Pick<Addresses, 'value' | 'onChange' | 'verdicts'>;

/** The addresses, one field each, with what is known of them below; more can be added, and each taken away. */
export const AddressFields = ({ value, onChange, verdicts }: AddressFieldsProps): JSX.Element => {
  const words = useSession().words.choose;
  const { lines, removed } = value;
  const labelOf = (at: number): string => (at === 0 ? words.address : `${words.address} ${at + 1}`);
  return (
    <>
      {lines.map((line, at) => (
        <div class="address" key={at}>
          <Field
            label={labelOf(at)}
            value={line}
            onType={(now) => onChange((before) => typed.typedInto(at, now, before))}
            {...saidOf(verdicts[at], value.isPressed)}
          />
          {lines.length > 1 && (
            <Button
              label={filled(words.remove, { address: line || labelOf(at) })}
              onPress={() => onChange((now) => typed.without(at, now))}
            >
              ×
            </Button>
          )}
        </div>
      ))}
      {lines.length < typed.MOST_ADDRESSES && (
        <Button kind="link" onPress={() => onChange((now) => typed.withAnother(now))}>
          {words.another}
        </Button>
      )}
      <p class="unseen" role="status">
        {removed !== undefined && filled(words.removed, { address: removed })}
      </p>
    </>
  );
};

/** What is wrong is not said to somebody who has not finished. */
const saidOf = ({ says, warning, wrong, isEarly }: Verdict = {}, isPressed = false) => ({
  hint: (says || warning) && (
    <>
      {says} {warning && <strong class="caution">{warning}</strong>}
    </>
  ),
  wrong: isPressed || !isEarly ? wrong : undefined,
  unfinished: wrong,
});
