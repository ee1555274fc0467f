import { useLayoutEffect, useState } from 'preact/hooks';
import type { Attempt } from '../api/attempt.ts';
import type { Addresses } from './addresses.ts';
import type { Verdict } from './verdict.ts';
import type { WantedFrequency } from './wanted-frequency.ts';

export interface Press {
  readonly press: () => void;
  /** Addresses are still being checked, or it is being sent. */
  readonly isBusy: boolean;
  /** Of each address, also of those that the API would not have. */
  readonly verdicts: readonly Verdict[];
  /** What is not said at a field. */
  readonly problem: Attempt['problem'];
}

/**
 * What happens when somebody presses Share: checks under way are waited for, the focus goes to the first field that is
 * wrong, and where none is, it is sent. Whoever changes anything meanwhile has to press again.
 *
 * @param toWrong moves the focus there, and says whether there is any
 */
export function usePress(
  { value, onChange, verdicts, addresses }: Addresses,
  wanted: WantedFrequency,
  { go, isBusy, problem }: Attempt,
  toWrong: () => boolean,
): Press {
  const [pressed, setPressed] = useState<WantedFrequency>();
  const [sent, setSent] = useState<readonly string[]>([]);
  const isWaiting = value.isPressed === true && pressed === wanted;
  // What was taken away meanwhile has no field at which it could be said.
  const refused = sent.filter(
    (each, at) => problem?.pointers?.includes(`/addresses/${at}`) && addresses.includes(each),
  );
  useLayoutEffect(() => {
    if (!isWaiting || verdicts.some(({ isChecking }) => isChecking)) return;
    setPressed(undefined);
    if (toWrong() || verdicts.some(({ wrong }) => wrong)) return;
    setSent(addresses);
    go();
  });
  useLayoutEffect(() => {
    if (refused.length > 0) toWrong();
  }, [problem]);
  const press = (): void => {
    onChange((now) => ({ ...now, isPressed: true }));
    setPressed(wanted);
  };
  return {
    press,
    isBusy: isBusy || isWaiting,
    verdicts: verdicts.map((each) =>
      refused.includes(each.address ?? '') ? { wrong: problem?.sentence } : each,
    ),
    problem: refused.length > 0 ? undefined : problem,
  };
}
