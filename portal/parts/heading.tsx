import type { ComponentChildren, JSX } from 'preact';
import { useFocus } from './focus.ts';

/** The heading of a screen; it takes the focus when the screen comes up, so that it is read, and keys go on from there. */
export const Heading = ({
  children,
  takesFocus = true,
}: {
  readonly children: ComponentChildren;
  readonly takesFocus?: boolean;
}): JSX.Element => (
  <h2 ref={useFocus<HTMLHeadingElement>(takesFocus)} tabIndex={-1} part="heading">
    {children}
  </h2>
);
