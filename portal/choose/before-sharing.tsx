import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import type { Addresses } from './addresses.ts';
import type { Press } from './press.ts';

export interface StoppedProps extends Pick<Press, 'stops' | 'round'> {
  readonly to: Addresses;
}

/** What stopped it: it takes the focus, and leads to each field. */
export const Stopped = ({ to, stops, round }: StoppedProps): JSX.Element | undefined => {
  const { words } = useSession();
  if (stops.length === 0) return undefined;
  const goTo = (at: number): void => to.onChange((now) => ({ ...now, goTo: { at } }));
  return (
    <Notice kind="bad" takesFocus key={round}>
      <p>{words.choose.stopped}</p>
      <ul>
        {stops.map(({ id, typed, why }) => {
          const at = to.value.lines.findIndex((line) => line.id === id);
          return (
            <li key={id}>
              {at >= 0 && (
                <Button kind="link" onPress={() => goTo(at)}>
                  {typed.trim() || words.choose.address}
                </Button>
              )}{' '}
              {why}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
};

/** Who is about to get a copy: read back before Share. */
export const AboutToSend = ({ verdicts }: Pick<Addresses, 'verdicts'>): JSX.Element | undefined => {
  const { words } = useSession();
  const to = verdicts.flatMap((each) =>
    'address' in each ? [[each.address, each.owner].filter(Boolean).join(' — ')] : [],
  );
  if (to.length === 0) return undefined;
  return (
    <>
      <h3>{words.choose.about}</h3>
      <ul>
        {to.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  );
};
