import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { filled } from '../words/words.ts';
import type { Addresses } from './addresses.ts';
import * as typed from './typed-addresses.ts';
import type { Verdict } from './verdict.ts';

export type AddressFieldsProps = Pick<Addresses, 'value' | 'onChange' | 'verdicts'>;

/** The addresses, one field each, with what is known of them below; more can be added, and each taken away. */
export const AddressFields = (props: AddressFieldsProps): JSX.Element => {
  const { words } = useSession();
  const fields = useRef<HTMLDivElement>(null);
  const { lines, goTo, removed } = props.value;
  useLayoutEffect(() => {
    if (goTo) fields.current?.querySelectorAll('input')[goTo.at]?.focus();
  }, [goTo]);
  return (
    <div ref={fields}>
      {lines.map((line, at) => (
        <AddressField key={line.id} {...props} line={line} at={at} />
      ))}
      {lines.length < typed.MOST_ADDRESSES && (
        <Button kind="link" onPress={() => props.onChange((now) => typed.withAnother(now))}>
          {words.choose.another}
        </Button>
      )}
      <p class="unseen" role="status">
        {removed !== undefined && filled(words.choose.removed, { address: removed })}
      </p>
    </div>
  );
};

/** What is said on leaving a field moves nothing away under the finger that is pressing a button. */
const SETTLED_MS = 200;

interface AddressFieldProps extends AddressFieldsProps {
  readonly line: typed.AddressLine;
  readonly at: number;
}

const AddressField = ({ value, onChange, verdicts, line, at }: AddressFieldProps): JSX.Element => {
  const { words } = useSession();
  const { id, typed: text } = line;
  const label = at === 0 ? words.choose.address : `${words.choose.address} ${at + 1}`;
  return (
    <div class="address">
      <Field
        label={label}
        value={text}
        onType={(now) => onChange((before) => typed.typedInto(id, now, before))}
        onLeave={() => setTimeout(() => onChange((now) => typed.left(id, now)), SETTLED_MS)}
        {...saidOf(verdicts[at], line)}
      />
      {value.lines.length > 1 && (
        <Button
          label={filled(words.choose.remove, { address: text || label })}
          onPress={() => onChange((now) => typed.without(id, now))}
        >
          ×
        </Button>
      )}
    </div>
  );
};

/** What is wrong is not said to somebody who has not finished. */
function saidOf(verdict: Verdict | undefined, { isLeft }: typed.AddressLine) {
  if (!verdict || verdict.kind === 'empty') return {};
  if (verdict.kind === 'wrong') {
    return isLeft || !verdict.isEarly ? { wrong: verdict.why } : {};
  }
  const { says, warning } = verdict;
  return {
    hint: (
      <>
        {says} {warning && <strong class="caution">{warning}</strong>}
      </>
    ),
  };
}
