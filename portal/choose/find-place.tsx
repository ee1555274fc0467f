import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Loaded, useLoaded } from '../api/loaded.ts';
import type { Copy, Place, Places } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { filled } from '../words/words.ts';

export interface FindPlaceProps {
  readonly onChoose: (address: string) => void;
}

/** Finds where to send to by what people know of a place; before anything is sought, where copies went already. */
export const FindPlace = ({ onChoose }: FindPlaceProps): JSX.Element => {
  const { words } = useSession();
  const [typed, type] = useState('');
  const sought = soughtIn(typed);
  const [found, again] = usePlaces(sought);
  const { places, ...rest } = found.state === 'loaded' ? found.body : NOTHING;
  const count = sought === '' ? '' : filled(words.choose.found, { n: `${places.length}` });
  const choose = (address: string): void => {
    type('');
    onChoose(address);
  };
  return (
    <>
      <Field
        type="search"
        label={words.choose.find}
        hint={words.choose.findHint}
        value={typed}
        onType={type}
      />
      {found.state === 'failed' ? (
        <Trouble problem={found.problem} onAgain={again} takesFocus={false} />
      ) : (
        <p class="hint" role="status">
          {rest.of === sought ? [count, rest.sentence].join(' ') : words.busy.loading}
        </p>
      )}
      <ul class="plain places">
        {places.map((place) => (
          <li key={place.address}>
            <Button onPress={() => choose(place.address)}>
              <PlaceLines {...place} />
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
};

const PlaceLines = ({ name, place, specialty, telephone, address, last }: Place): JSX.Element => {
  const { words } = useSession();
  const { status } = words.copies;
  return (
    <>
      <strong>{name}</strong>
      <span>{[specialty, place, telephone].filter(Boolean).join(' · ')}</span>
      {name !== address && <span>{address}</span>}
      {last && <em>{`${words.places.before}: ${status[last.status as Copy['status']]}`}</em>}
    </>
  );
};

const PAUSE_MS = 400;
const LONGEST = 100;

/** Less than two letters is nobody's search. */
const soughtIn = (typed: string): string =>
  (typed.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 2 ? '' : typed.trim().slice(0, LONGEST);

/** What was found of what was sought. */
type Found = Places & { readonly of?: string };

const NOTHING: Found = { places: [] };

function usePlaces(sought: string): readonly [Loaded<Found>, () => void] {
  const { call, there } = useSession();
  const patientId = there.replace('/v1/patients/', '');
  const route = `GET /v1/directory?patientId=${patientId}&q=${encodeURIComponent(sought.toWellFormed())}`;
  return useLoaded(async (signal) => {
    if (sought !== '') await new Promise((wake) => setTimeout(wake, PAUSE_MS));
    // For who typed on meanwhile nothing is asked any more: it is aborted.
    const answer = await call<Places>(route, { signal });
    return answer.ok ? { ok: true, body: { ...answer.body, of: sought } } : answer;
  }, sought);
}
