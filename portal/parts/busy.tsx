import type { JSX } from 'preact';

/** That something is under way: to the eye and to the ear. */
export const Busy = ({ children }: { readonly children: string }): JSX.Element => (
  <p class="busy" part="busy" role="status">
    {children}
  </p>
);
