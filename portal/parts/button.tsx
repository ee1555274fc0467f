import type { ComponentChildren, JSX } from 'preact';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  /** @default plain */
  readonly kind?: 'primary' | 'plain' | 'stop' | 'link';
  /** Being worked at: it stays where the focus is, says so, and does nothing more. */
  readonly isBusy?: boolean;
  /** When what it says is not enough where it is read alone. */
  readonly label?: string;
  readonly isOpen?: boolean;
}

/** A button; one that is busy is not disabled, which would lose the focus. */
export const Button = ({
  children,
  onPress,
  kind = 'plain',
  isBusy = false,
  label,
  isOpen,
}: ButtonProps): JSX.Element => (
  <button
    type="button"
    class={kind}
    part={`button ${kind}`}
    aria-disabled={isBusy ? 'true' : undefined}
    aria-label={label}
    aria-expanded={isOpen}
    onClick={() => {
      if (!isBusy) onPress();
    }}
  >
    {children}
  </button>
);
