import { useEffect, useState } from 'preact/hooks';
import { useSession } from '../element/session.ts';
import type { Addresses } from './addresses.ts';
import { allLeft } from './typed-addresses.ts';
import { isOver, type WantedFrequency } from './wanted-frequency.ts';

/** What has to be mended before anything is sent. */
export interface Stop {
  /** Of its address field; 0 is none. */
  readonly id: number;
  readonly typed: string;
  readonly why: string;
}

export interface Press {
  readonly press: () => void;
  /** Addresses are still being checked. */
  readonly isWaiting: boolean;
  readonly stops: readonly Stop[];
  /** How often it was stopped. */
  readonly round: number;
}

/**
 * What happens when somebody presses Share: checks under way are waited for, what is wrong stops it, and else it goes.
 * Whoever changes anything meanwhile has to press again.
 */
export function usePress(
  { value, onChange, verdicts }: Addresses,
  wanted: WantedFrequency,
  go: () => void,
): Press {
  const { words } = useSession();
  const over: Stop = { id: 0, typed: wanted.lastDay, why: words.choose.over };
  const others = isOver(wanted) ? [over] : [];
  const [pressed, setPressed] = useState<string>();
  const [stopped, setStopped] = useState({ round: 0, stops: others.slice(0, 0) });
  const stands = JSON.stringify([wanted, value.lines.map(({ typed }) => typed)]);
  const isWaiting = pressed === stands;
  const wrong = value.lines.flatMap(({ id, typed }, at) => {
    const verdict = verdicts[at];
    return verdict?.kind === 'wrong' ? [{ id, typed, why: verdict.why }] : [];
  });
  useEffect(() => {
    // What was changed since may be right by now; it is looked at when it is pressed again.
    const stops = stopped.stops.filter((stop) =>
      [...value.lines, ...others].some(({ id, typed }) => id === stop.id && typed === stop.typed),
    );
    if (stops.length < stopped.stops.length) setStopped({ ...stopped, stops });
    if (!isWaiting || verdicts.some(({ kind }) => kind === 'checking')) return;
    setPressed(undefined);
    const now = [...wrong, ...others];
    setStopped({ round: stopped.round + 1, stops: now });
    if (now.length === 0) go();
  });
  const press = (): void => {
    onChange(allLeft);
    setPressed(stands);
  };
  return { ...stopped, press, isWaiting };
}
