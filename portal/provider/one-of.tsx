import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useSession } from '../element/session.ts';

export interface OneOfProps<Value extends string> {
  readonly legend: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly value: Value | undefined;
  readonly onChoose: (value: Value) => void;
  /** Somebody tried to go on: that nothing is chosen is said. */
  readonly isTried: boolean;
}

/** One of a few. None is chosen beforehand: it is evidence, and whoever was there has to say it. */
export function OneOf<Value extends string>({
  legend,
  options,
  value,
  onChoose,
  isTried,
}: OneOfProps<Value>): JSX.Element {
  const { pick } = useSession().words.provider;
  const id = useId();
  const isMissing = isTried && !value;
  return (
    <fieldset
      class="field"
      part="field"
      role="radiogroup"
      aria-invalid={isMissing ? 'true' : undefined}
      aria-describedby={isMissing ? id : undefined}
    >
      <legend>{legend}</legend>
      {(Object.keys(options) as Value[]).map((each) => (
        <label class="choice" key={each}>
          <input type="radio" name={id} checked={each === value} onChange={() => onChoose(each)} />
          {options[each]}
        </label>
      ))}
      {isMissing && (
        <span class="wrong" id={id}>
          {pick}
        </span>
      )}
    </fieldset>
  );
}
