import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Attempt } from '../api/attempt.ts';
import { useSession } from '../element/session.ts';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { goToWrong } from '../parts/wrong.ts';
import { AddressFields } from './address-fields.tsx';
import type { Addresses } from './addresses.ts';
import { Frequency, type FrequencyProps } from './frequency.tsx';
import { usePress } from './press.ts';

export interface RequestFormProps extends FrequencyProps {
  readonly to: Addresses;
  readonly attempt: Attempt;
  /** Of the button that sends it. */
  readonly label: string;
  /** Buttons beside it. */
  readonly children?: ComponentChildren;
}

/** The fields of a request, and the button that sends what stands there. */
export const RequestForm = ({
  to,
  attempt,
  label,
  children,
  ...frequency
}: RequestFormProps): JSX.Element => {
  const { words } = useSession();
  const fields = useRef<HTMLDivElement>(null);
  const toWrong = (): boolean => goToWrong(fields.current);
  const press = usePress(to, frequency.value, attempt, toWrong);
  const { goTo } = to.value;
  useLayoutEffect(() => {
    if (goTo) fields.current?.querySelectorAll('input')[goTo.at]?.focus();
  }, [goTo]);
  return (
    <>
      <div ref={fields}>
        <AddressFields {...to} verdicts={press.verdicts} />
        <Frequency {...frequency} />
      </div>
      {press.problem && <Trouble problem={press.problem} onAgain={press.press} />}
      {press.isBusy && <Busy>{words.busy.working}</Busy>}
      <p class="actions">
        <Button kind="primary" isBusy={press.isBusy} onPress={press.press}>
          {label}
        </Button>
        {children}
      </p>
    </>
  );
};
