import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { AddressFields } from '../choose/address-fields.tsx';
import { useAddresses } from '../choose/addresses.ts';
import { Stopped } from '../choose/before-sharing.tsx';
import { Frequency } from '../choose/frequency.tsx';
import { usePress } from '../choose/press.ts';
import { useSession } from '../element/session.ts';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { type Draft, draftOf, openAddresses } from './draft.ts';
import { type SavingProps, useSaving } from './saving.ts';
import { SendNow } from './send-now.tsx';

export interface ChangeFormProps extends SavingProps {
  /** What was typed before the terms were read. */
  readonly draft?: Draft | undefined;
}

/** The fields of a request that is there, and one more copy at once. */
export const ChangeForm = (props: ChangeFormProps): JSX.Element => {
  const { words } = useSession();
  const { request } = props.version;
  const start = props.draft ?? draftOf(request);
  const [wanted, want] = useState(start.wanted);
  const to = useAddresses(start.typed, openAddresses(request));
  const attempt = useSaving(props, { wanted, typed: to.value }, (newer) => {
    want(newer.wanted);
    to.onChange(() => newer.typed);
  });
  const press = usePress(to, wanted, attempt.go);
  const isStanding = request.frequency !== 'once';
  return (
    <>
      {request.status === 'active' && isStanding && <SendNow requestId={request.id} />}
      <AddressFields {...to} />
      <Frequency value={wanted} onChange={want} isStanding={isStanding} />
      <Stopped to={to} {...press} />
      {attempt.problem && <Trouble problem={attempt.problem} onAgain={press.press} />}
      {press.isWaiting && <Busy>{words.choose.checking}</Busy>}
      <p class="actions">
        <Button kind="primary" isBusy={press.isWaiting || attempt.isBusy} onPress={press.press}>
          {words.places.save}
        </Button>
      </p>
    </>
  );
};
