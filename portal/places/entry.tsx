import type { JSX } from 'preact';
import type { Request } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { dayIn } from '../parts/moments.ts';
import { filled } from '../words/words.ts';
import type { Entry } from './entries.ts';
import { GoOn } from './go-on.tsx';
import { LastCopy } from './last-copy.tsx';
import type { Said } from './said.ts';
import { Stop } from './stop.tsx';

export interface EntryProps {
  readonly entry: Entry;
  readonly onChange: (request: Request) => void;
  readonly onDone: (said: Said) => void;
}

/** One address to which copies go: how often, what became of the last one, and what can be done about it. */
export const EntryLine = ({ entry, onChange, onDone }: EntryProps): JSX.Element => {
  const { words, language } = useSession();
  const { request, address, copy } = entry;
  const { frequency, until, createdBy, servedAt } = request;
  const texts = words.places;
  const who = createdBy === 'admin' || createdBy === 'system' ? 'data-holder' : createdBy;
  return (
    <li class="entry" part="entry">
      <strong>{address}</strong>
      <div>
        {words.often[frequency]}
        {until && `, ${filled(texts.until, { day: dayIn(language, until) })}`}
      </div>
      {who !== 'patient' && <div>{filled(texts.asked, { who: texts.who[who] })}</div>}
      <LastCopy copy={copy} />
      <GoOn entry={entry} onDone={onDone} />
      <div class="actions">
        {!servedAt && (
          <Button label={filled(texts.changeOf, { to: address })} onPress={() => onChange(request)}>
            {texts.change}
          </Button>
        )}
        <Stop entries={[entry]} onDone={onDone} />
      </div>
    </li>
  );
};
