import type { JSX } from 'preact';
import type { PatientView, Request } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { Places } from '../places/places.tsx';
import type { Said } from '../places/said.ts';

export interface HomeProps {
  readonly patient: PatientView;
  /** At first it stays where the page has it, and later it goes to what is said, if anything is. */
  readonly takesFocus: boolean;
  /** What was done on the screen before. */
  readonly said?: Said | undefined;
  readonly onShare: () => void;
  readonly onChange: (request: Request) => void;
  readonly onActivity: () => void;
}

/** Where a patient begins: share, and see where the record goes. */
export const Home = ({
  takesFocus,
  said,
  onShare,
  onChange,
  onActivity,
}: HomeProps): JSX.Element => {
  const { words } = useSession();
  return (
    <>
      <Heading takesFocus={takesFocus}>{words.title}</Heading>
      <p>{words.home.about}</p>
      <Button kind="primary" onPress={onShare}>
        {words.home.share}
      </Button>
      <Places said={said} onChange={onChange} />
      <p>
        <Button kind="link" onPress={onActivity}>
          {words.places.activity}
        </Button>
      </p>
    </>
  );
};
