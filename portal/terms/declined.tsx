import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';

export interface DeclinedProps {
  /** How many earlier requests go on. */
  readonly running: number;
  readonly onDone: () => void;
}

/** That a no is a good answer, and what it does not end. */
export const Declined = ({ running, onDone }: DeclinedProps): JSX.Element => {
  const { flow, words } = useSession();
  const texts = flow === 'provider' ? words.provider : words.terms;
  return (
    <>
      <Heading>{texts.declined}</Heading>
      <p>{texts.thanks}</p>
      {running > 0 && <p>{texts.running}</p>}
      <Button kind="primary" onPress={onDone}>
        {words.back}
      </Button>
    </>
  );
};
