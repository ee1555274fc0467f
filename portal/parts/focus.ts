import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** For an element that has the focus from when it comes up, so that it is read, and keys go on from there. */
export function useFocus<Element extends HTMLElement>(
  takesFocus: boolean,
): RefObject<Element | null> {
  const element = useRef<Element>(null);
  useLayoutEffect(() => {
    if (takesFocus) element.current?.focus();
  }, [takesFocus]);
  return element;
}
