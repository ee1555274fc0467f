import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../api/problem.ts';
import type { Copy, Place, Places } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { filled } from '../words/words.ts';

export interface FindPlaceProps {
  readonly onChoose: (address: string) => void;
}

/** Finds where to send to by what people know of a place; before anything is sought, where copies went already. */
export const FindPlace = ({ onChoose }: FindPlaceProps): JSX.Element => {
  const { words } = useSession();
  const [typed, type] = useState('');
  const found = usePlaces(soughtIn(typed));
  const { answer } = found;
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
      <HowItWent {...found} />
      <ul class="plain places">
        {answer?.ok &&
          answer.body.places.map((place) => (
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

/** A search that failed says so where it stands: whoever is typing keeps the focus. */
const HowItWent = ({ sought, answer, isBusy, again }: Found): JSX.Element => {
  const { words } = useSession();
  if (answer?.ok === false && !isBusy) {
    return (
      <Notice kind="bad">
        <p>{answer.problem.sentence}</p>
        {answer.problem.canTryAgain && <Button onPress={again}>{words.trouble.again}</Button>}
      </Notice>
    );
  }
  const { places = [], sentence } = answer?.ok ? answer.body : {};
  const count = sought === '' ? '' : filled(words.choose.found, { n: `${places.length}` });
  return (
    <p class="hint" role="status">
      {isBusy ? words.busy.loading : [count, sentence].join(' ')}
    </p>
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

interface Found {
  readonly sought: string;
  readonly answer: Answer<Places> | undefined;
  readonly isBusy: boolean;
  readonly again: () => void;
}

function usePlaces(sought: string): Found {
  const { call, flow, there } = useSession();
  const [found, setFound] = useState<{ sought: string; round: number; answer: Answer<Places> }>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    // Whose places are meant the token of a patient says; a provider's is for many.
    const patientId = decodeURIComponent(there.split('/').at(-1) ?? '');
    const query = new URLSearchParams({
      ...(sought !== '' && { q: sought }),
      ...(flow === 'provider' && { patientId }),
    });
    const find = async (): Promise<void> => {
      const answer = await call<Places>(`GET /v1/directory?${query}`, { signal });
      if (!signal.aborted) setFound({ sought, round, answer });
    };
    const timer = setTimeout(() => void find(), sought === '' ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [sought, round]);
  const isBusy = found?.sought !== sought || found.round !== round;
  return { sought, answer: found?.answer, isBusy, again: () => setRound(round + 1) };
}
