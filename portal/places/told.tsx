import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { Notice } from '../parts/notice.tsx';
import { filled } from '../words/words.ts';
import type { Said } from './said.ts';

/** What was done, and who may get a copy nevertheless. */
export const Told = ({ done, inFlight = [] }: Said): JSX.Element => {
  const { onWay } = useSession().words.places;
  const to = [...new Set(inFlight.map(({ address }) => address))].join(', ');
  return (
    <Notice kind="good" takesFocus>
      <p>
        {done} {to && filled(onWay, { to })}
      </p>
    </Notice>
  );
};
