import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAttempt } from '../api/attempt.ts';
import type { CreatedRequest } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { isToAgree } from '../terms/answers.ts';
import { AddressFields } from './address-fields.tsx';
import { type Addresses, useAddresses } from './addresses.ts';
import { AboutToSend, Stopped } from './before-sharing.tsx';
import { FindPlace } from './find-place.tsx';
import { Frequency } from './frequency.tsx';
import { usePress } from './press.ts';
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
  const { flow, words } = useSession();
  const to = useAddresses(props.chosen?.typed);
  const [wanted, want] = useState(props.chosen?.wanted ?? ONCE);
  const { attempt, ...press } = useShare(props, to, wanted);
  return (
    <>
      <Heading>{words.choose.title}</Heading>
      <FindPlace onChoose={(address) => to.onChange((now) => withChosen(address, now))} />
      <AddressFields {...to} />
      <Frequency
        value={wanted}
        onChange={want}
        label={flow === 'provider' ? words.provider.update : words.choose.update}
      />
      <AboutToSend {...to} />
      <Stopped to={to} {...press} />
      {attempt.problem && !press.isWaiting && press.stops.length === 0 && (
        <Trouble problem={attempt.problem} onAgain={press.press} />
      )}
      {press.isWaiting && <Busy>{words.choose.checking}</Busy>}
      {attempt.isBusy && <Busy>{words.busy.working}</Busy>}
      <p class="actions">
        <Button kind="primary" onPress={press.press} isBusy={press.isWaiting || attempt.isBusy}>
          {words.choose.share}
        </Button>
        <Button onPress={props.onBack}>{words.back}</Button>
      </p>
    </>
  );
};

function useShare(
  { consentId, signature, onShared, onTerms }: ChooseProps,
  to: Addresses,
  wanted: WantedFrequency,
) {
  const { call, tell, there } = useSession();
  const { addresses } = to;
  const signatureName = signature || undefined;
  const body = { addresses, ...membersOf(wanted), consentId, signatureName };
  const attempt = useAttempt(
    JSON.stringify(body),
    async (key) => {
      const answer = await call<CreatedRequest>(`POST ${there}/transmit-requests`, { body, key });
      if (answer.ok) return answer;
      if (to.refuse(answer.problem)) press.press();
      if (isToAgree(answer.problem)) onTerms({ typed: to.value, wanted });
      return answer;
    },
    (request) => {
      tell('share-requested', { requestId: request.id });
      onShared(request);
    },
  );
  const press = usePress(to, wanted, attempt.go);
  return { ...press, attempt };
}
