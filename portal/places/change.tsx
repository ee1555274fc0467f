import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Request } from '../api/views.ts';
import { useAddresses } from '../choose/addresses.ts';
import { RequestForm } from '../choose/request-form.tsx';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { type Draft, draftOf, openAddresses } from './draft.ts';
import type { Said } from './said.ts';
import { type Agreed, useSaving } from './saving.ts';

export interface ChangeProps {
  readonly request: Request;
  /** What was typed before the terms were read. */
  readonly draft?: Draft | undefined;
  readonly agreed?: Agreed | undefined;
  /** More is asked for than was agreed to. */
  readonly onTerms: (draft: Draft, now: Request) => void;
  readonly onDone: (said?: Said) => void;
}

/** One request, to be wanted otherwise. When somebody else changes it meanwhile, the fields show what it has become. */
export const Change = ({ draft, agreed, ...props }: ChangeProps): JSX.Element => {
  const { words } = useSession();
  const [request, setRequest] = useState(props.request);
  const start = draft ?? draftOf(request);
  const [wanted, want] = useState(start.wanted);
  const to = useAddresses(start.typed, openAddresses(request));
  const attempt = useSaving({
    request,
    wanted,
    addresses: to.addresses,
    agreed,
    onSaved: (inFlight) => props.onDone({ done: words.places.saved, inFlight }),
    onTerms: () => props.onTerms({ wanted, typed: { lines: to.value.lines } }, request),
    onNewer: (now) => {
      const newer = draftOf(now);
      setRequest(now);
      want(newer.wanted);
      to.onChange(() => newer.typed);
    },
  });
  return (
    <>
      <Heading>{words.places.change}</Heading>
      <RequestForm
        key={request.version}
        to={to}
        value={wanted}
        onChange={want}
        isStanding={request.frequency !== 'once'}
        attempt={attempt}
        label={words.places.save}
      >
        <Button onPress={() => props.onDone()}>{words.back}</Button>
      </RequestForm>
    </>
  );
};
