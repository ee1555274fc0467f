import type { JSX } from 'preact';
import { useSession } from '../element/session.ts';
import { nameOf } from '../parts/acting.tsx';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { PatientFlow } from '../patient/flow.tsx';
import type { HomeProps } from '../patient/home.tsx';
import { Places } from '../places/places.tsx';
import { filled } from '../words/words.ts';

/**
 * The screens of a provider beside the patient. They are those of a patient, but for the first one, and for how the
 * patient's answer to the text is put on record.
 */
export const ProviderFlow = (): JSX.Element => <PatientFlow First={Chart} />;

/** The Direct addresses in the chart, and adding one. */
const Chart = ({ patient, takesFocus, said, onShare, onChange }: HomeProps): JSX.Element => {
  const words = useSession().words.provider;
  return (
    <>
      <Heading takesFocus={takesFocus}>{filled(words.title, { name: nameOf(patient) })}</Heading>
      <Button kind="primary" onPress={onShare}>
        {words.add}
      </Button>
      <Places title={words.places} said={said} onChange={onChange} />
    </>
  );
};
