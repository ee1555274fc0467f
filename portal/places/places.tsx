import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Request } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Load } from '../parts/load.tsx';
import type { Listed } from './entries.ts';
import { EntryLine } from './entry.tsx';
import { LastCopy } from './last-copy.tsx';
import { readPlaces } from './read.ts';
import type { Said } from './said.ts';
import { Stop } from './stop.tsx';
import { Told } from './told.tsx';

export interface PlacesProps {
  /** @default as a patient calls it */
  readonly title?: string;
  /** What was done on the screen before. */
  readonly said?: Said | undefined;
  readonly onChange: (request: Request) => void;
}

/** Where the record goes: each address, with what can be done about it. What was done is told above, and has the focus. */
export const Places = ({ title, said: saidBefore, onChange }: PlacesProps): JSX.Element => {
  const { call, there, words } = useSession();
  const [said, say] = useState(saidBefore);
  return (
    <>
      <h3>{title ?? words.places.title}</h3>
      {said && <Told key={said} {...said} />}
      {/* Read anew after each deed: what stood here is not so any more, and nobody is to press it again. */}
      <Load key={said} read={(signal) => readPlaces(call, there, signal)}>
        {(places) => <List {...places} onChange={onChange} onDone={say} />}
      </Load>
    </>
  );
};

interface ListProps extends Listed {
  readonly onChange: (request: Request) => void;
  readonly onDone: (said: Said) => void;
}

const List = ({ running, before, onChange, onDone }: ListProps): JSX.Element => {
  const words = useSession().words.places;
  return (
    <>
      {running.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <ul class="plain">
            {running.map((entry) => (
              <EntryLine
                key={entry.request.id + entry.address}
                entry={entry}
                onChange={onChange}
                onDone={onDone}
              />
            ))}
          </ul>
          <Stop isAll entries={running} onDone={onDone} />
        </>
      )}
      {before.length > 0 && (
        // What went wrong last is not folded away.
        <details open={before[0]?.status === 'failed'}>
          <summary>{words.before}</summary>
          <ul class="plain">
            {before.map((copy) => (
              <li key={copy.id} class="entry" part="entry">
                <strong>{copy.address}</strong>
                <LastCopy copy={copy} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};
