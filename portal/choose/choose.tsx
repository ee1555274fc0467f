import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Attempt, useAttempt } from '../api/attempt.ts';
import type { CreatedRequest } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { isToAgree } from '../terms/answers.ts';
import { type Addresses, useAddresses } from './addresses.ts';
import { FindPlace } from './find-place.tsx';
import { RequestForm } from './request-form.tsx';
import { type TypedAddresses, withChosen } from './typed-addresses.ts';
import { membersOf, ONCE, type WantedFrequency } from './wanted-frequency.ts';

/** What was chosen so far, for somebody who comes back. */
export interface Chosen {
  readonly typed: TypedAddresses;
  readonly wanted: WantedFrequency;
}

export interface ChooseProps {
  readonly consentId: string;
  /** Empty where a provider says how the patient agreed. */
  readonly signature: string;
  readonly chosen?: Chosen | undefined;
  readonly onShared: (request: CreatedRequest) => void;
  /** The terms have to be agreed to once more. */
  readonly onTerms: (chosen: Chosen) => void;
  readonly onBack: () => void;
}

/** Where the record goes, how often and how long; and Share. */
export const Choose = (props: ChooseProps): JSX.Element => {
  const { words } = useSession();
  const to = useAddresses(props.chosen?.typed);
  const [wanted, want] = useState(props.chosen?.wanted ?? ONCE);
  const attempt = useShare(props, to, wanted);
  return (
    <>
      <Heading>{words.choose.title}</Heading>
      <FindPlace onChoose={(address) => to.onChange((now) => withChosen(address, now))} />
      <RequestForm
        to={to}
        value={wanted}
        onChange={want}
        attempt={attempt}
        label={words.choose.share}
      >
        <Button onPress={props.onBack}>{words.back}</Button>
      </RequestForm>
    </>
  );
};

function useShare(
  { consentId, signature, onShared, onTerms }: ChooseProps,
  { addresses, value: { lines } }: Addresses,
  wanted: WantedFrequency,
): Attempt {
  const { call, tell, there } = useSession();
  const signatureName = signature || undefined;
  const body = { addresses, ...membersOf(wanted), consentId, signatureName };
  return useAttempt(
    JSON.stringify(body),
    async (key) => {
      const answer = await call<CreatedRequest>(`POST ${there}/transmit-requests`, { body, key });
      if (!answer.ok && isToAgree(answer.problem)) onTerms({ typed: { lines }, wanted });
      return answer;
    },
    (request) => {
      tell('share-requested', { requestId: request.id });
      onShared(request);
    },
  );
}
