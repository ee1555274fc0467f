import type { ComponentChildren, JSX, Ref } from 'preact';
import { useId } from 'preact/hooks';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onType: (value: string) => void;
  readonly hint?: ComponentChildren;
  /** Why what stands there will not do. */
  readonly wrong?: string | undefined;
  readonly type?: 'text' | 'email' | 'search' | 'date' | 'time';
  readonly autocomplete?: 'name' | 'off';
  readonly input?: Ref<HTMLInputElement>;
  /** @param isUnfinished that what was typed is no day or time yet: `value` is empty then */
  readonly onLeave?: (isUnfinished: boolean) => void;
  readonly onEnter?: () => void;
}

/** One line to type into, with its label above, a hint and what is wrong below: all of them read with it, and aloud when they change. */
export const Field = ({ label, hint, wrong, input, ...field }: FieldProps): JSX.Element => {
  const id = useId();
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
        onInput={({ currentTarget }) => field.onType(currentTarget.value)}
        onBlur={({ currentTarget }) => field.onLeave?.(currentTarget.validity.badInput)}
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
