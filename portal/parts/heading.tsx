import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** The heading of a screen; it takes the focus when the screen comes up, so that it is read, and keys go on from there. */
export const Heading = ({
  children,
  takesFocus = true,
}: {
  readonly children: ComponentChildren;
  readonly takesFocus?: boolean;
}): JSX.Element => {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1} part="heading">
      {children}
    </h2>
  );
};
