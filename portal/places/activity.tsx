import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useAttempt } from '../api/attempt.ts';
import type { ActivityLine } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import { useFocus } from '../parts/focus.ts';
import { Heading } from '../parts/heading.tsx';
import { momentIn } from '../parts/moments.ts';
import { Trouble } from '../parts/trouble.tsx';

export interface ActivityProps {
  readonly onBack: () => void;
}

interface Page {
  readonly activity: readonly ActivityLine[];
  readonly nextCursor?: string;
}

interface Shown {
  readonly lines?: readonly ActivityLine[];
  /** Place of the first line that was not there before; none is. */
  readonly firstNew?: number | undefined;
  readonly cursor?: string | undefined;
}

/** What was done in the patient's name, the newest first, a page at a time; the focus goes to the first new line. */
export const Activity = ({ onBack }: ActivityProps): JSX.Element => {
  const { call, words, there } = useSession();
  const [{ lines, firstNew, cursor }, show] = useState<Shown>({});
  const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const attempt = useAttempt(
    query,
    () => call<Page>(`GET ${there}/activity?limit=20${query}`),
    ({ activity, nextCursor }) =>
      show({
        lines: [...(lines ?? []), ...activity],
        firstNew: lines?.length,
        cursor: nextCursor,
      }),
  );
  useEffect(attempt.go, []);
  return (
    <>
      <Heading>{words.places.activity}</Heading>
      {!lines && attempt.isBusy && <Busy>{words.busy.loading}</Busy>}
      {lines?.length === 0 && <p>{words.places.nothing}</p>}
      <ul class="plain">
        {lines?.map((line, at) => (
          <Line key={at} line={line} takesFocus={at === firstNew} />
        ))}
      </ul>
      {attempt.problem && <Trouble problem={attempt.problem} onAgain={attempt.go} />}
      <div class="actions">
        {cursor !== undefined && (
          <Button isBusy={attempt.isBusy} onPress={attempt.go}>
            {words.places.more}
          </Button>
        )}
        <Button onPress={onBack}>{words.back}</Button>
      </div>
    </>
  );
};

interface LineProps {
  readonly line: ActivityLine;
  readonly takesFocus: boolean;
}

const Line = ({ line, takesFocus }: LineProps): JSX.Element => {
  const { words, language } = useSession();
  const { at, who, sentence, addressees } = line;
  return (
    <li class="entry" part="entry" tabIndex={-1} ref={useFocus<HTMLLIElement>(takesFocus)}>
      <div class="hint">
        <time dateTime={at}>{momentIn(language, at)}</time> · {words.places.who[who.kind]}
      </div>
      {sentence}
      {addressees.map((address) => (
        <div key={address}>{address}</div>
      ))}
    </li>
  );
};
