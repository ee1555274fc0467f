import type { ComponentChildren, JSX, Ref, TargetedEvent } from 'preact';
import { useId, useState } from 'preact/hooks';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onType: (value: string) => void;
  readonly hint?: ComponentChildren;
  /** Why what stands there will not do. */
  readonly wrong?: string | undefined;
  /** Why it will not do for somebody who types no more. */
  readonly unfinished?: string | undefined;
  readonly type?: 'text' | 'email' | 'search' | 'date' | 'time';
  readonly autocomplete?: 'name' | 'off';
  readonly input?: Ref<HTMLInputElement>;
  readonly onLeave?: () => void;
  readonly onEnter?: () => void;
}

/** One line to type into, with its label above, a hint and what is wrong below: all of them read with it, and aloud when they change. */
export const Field = ({ label, hint, input, ...field }: FieldProps): JSX.Element => {
  const id = useId();
  const { wrong, ...typing } = useTyping(field);
  // The types of Preact know each kind of input apart; a line to type into is one like another.
  const type = (field.type ?? 'text') as 'text';
  const told = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  return (
    <div class="field" part="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={input ?? null}
        part="input"
        type={type}
        value={field.value}
        autocomplete={field.autocomplete ?? 'off'}
        spellcheck={false}
        aria-invalid={wrong === undefined ? undefined : 'true'}
        aria-describedby={told === '' ? undefined : told}
        {...typing}
        onKeyDown={({ key }) => {
          if (key === 'Enter') field.onEnter?.();
        }}
      />
      <div class="told" aria-live="polite">
        {hint && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
        {wrong && (
          <span class="wrong" id={`${id}-wrong`}>
            {wrong}
          </span>
        )}
      </div>
    </div>
  );
};

/** What is said on leaving a field moves nothing away under the finger that is pressing a button. */
const SETTLED_MS = 200;

/** What is wrong, also once nobody types there any more. An empty field that somebody only passes by is not complained of. */
function useTyping({ wrong, unfinished, onType, onLeave }: Omit<FieldProps, 'label'>) {
  const [isLeft, setLeft] = useState(false);
  // What is half a day is empty too.
  const leave = ({ value, validity }: HTMLInputElement): void =>
    setLeft(value !== '' || validity.badInput);
  return {
    wrong: wrong ?? (isLeft ? unfinished : undefined),
    onInput: ({ currentTarget }: Typed): void => {
      setLeft(false);
      onType(currentTarget.value);
    },
    onBlur: ({ currentTarget }: Typed): void => {
      setTimeout(leave, SETTLED_MS, currentTarget);
      onLeave?.();
    },
  };
}

type Typed = TargetedEvent<HTMLInputElement>;
