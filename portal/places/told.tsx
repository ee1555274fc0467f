import type { JSX } from 'preact';
import { Notice } from '../parts/notice.tsx';
import type { Said } from './said.ts';

/** What was done; it takes the focus, once each time. */
export const Told = ({ said }: { readonly said: Said | undefined }): JSX.Element | undefined =>
  said && (
    <Notice key={said} kind="good" takesFocus>
      {said.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Notice>
  );
