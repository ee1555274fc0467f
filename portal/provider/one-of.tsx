import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface OneOfProps<Value extends string> {
  readonly legend: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly value: Value | undefined;
  readonly onChoose: (value: Value) => void;
  readonly wrong?: string | undefined;
}

/** One of a few. None is chosen beforehand: it is evidence, and whoever was there has to say it. */
export function OneOf<Value extends string>({
  legend,
  options,
  value,
  onChoose,
  wrong,
}: OneOfProps<Value>): JSX.Element {
  const id = useId();
  return (
    <fieldset
      class="field"
      part="field"
      role="radiogroup"
      aria-invalid={wrong === undefined ? undefined : 'true'}
      aria-describedby={wrong === undefined ? undefined : id}
    >
      <legend>{legend}</legend>
      {(Object.keys(options) as Value[]).map((each) => (
        <label class="choice" key={each}>
          <input
            type="radio"
            name={`${id}-one`}
            checked={each === value}
            onChange={() => onChoose(each)}
          />
          {options[each]}
        </label>
      ))}
      {wrong && (
        <span class="wrong" id={id}>
          {wrong}
        </span>
      )}
    </fieldset>
  );
}
