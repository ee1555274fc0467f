import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useLoaded } from '../api/loaded.ts';
import type { Request } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Busy } from '../parts/busy.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { listed } from './entries.ts';
import { EntryLine } from './entry.tsx';
import { LastCopy } from './last-copy.tsx';
import { type Kept, readKept } from './read.ts';
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
  const { words } = useSession();
  const [said, say] = useState(saidBefore);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {title ?? words.places.title}
      </h3>
      <Told said={said} />
      {/* Read anew after each deed: what stood here is not so any more, and nobody is to press it again. */}
      <Listing
        key={said}
        onChange={onChange}
        onDone={say}
        onAgain={() => heading.current?.focus()}
      />
    </>
  );
};

interface ListingProps extends Omit<ListProps, 'kept'> {
  readonly onAgain: () => void;
}

const Listing = ({ onAgain, ...props }: ListingProps): JSX.Element => {
  const { call, there, words } = useSession();
  const [loaded, again] = useLoaded((signal) => readKept(call, there, signal));
  if (loaded.state === 'loaded') return <List kept={loaded.body} {...props} />;
  if (loaded.state === 'loading') return <Busy>{words.busy.loading}</Busy>;
  return (
    <Trouble
      problem={loaded.problem}
      onAgain={() => {
        onAgain();
        again();
      }}
    />
  );
};

interface ListProps {
  readonly kept: Kept;
  readonly onChange: (request: Request) => void;
  readonly onDone: (said: Said) => void;
}

const List = ({ kept, onChange, onDone }: ListProps): JSX.Element => {
  const words = useSession().words.places;
  const { running, before } = listed(kept.requests, kept.copies, Date.now());
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
