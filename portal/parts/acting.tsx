import type { ComponentChildren, JSX } from 'preact';
import { useLoaded } from '../api/loaded.ts';
import type { PatientView } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { filled } from '../words/words.ts';
import { Busy } from './busy.tsx';
import { Heading } from './heading.tsx';
import { Trouble } from './trouble.tsx';

/** As it is read out, whatever the order is elsewhere. */
export const nameOf = ({ name }: PatientView): string => [...name.given, name.family].join(' ');

/** The screens of a patient, once it is known whose; whoever acts for one is told so above each of them. */
export const Acting = ({
  children,
}: {
  readonly children: (patient: PatientView) => ComponentChildren;
}): JSX.Element => {
  const { call, there, words } = useSession();
  const [loaded, again] = useLoaded((signal) => call<PatientView>(`GET ${there}`, { signal }));
  if (loaded.state === 'failed') {
    return (
      <>
        <Heading takesFocus={false}>{words.title}</Heading>
        <Trouble problem={loaded.problem} onAgain={again} />
      </>
    );
  }
  if (loaded.state === 'loading') return <Busy>{words.busy.loading}</Busy>;
  const patient = loaded.body;
  return (
    <>
      {patient.caller === 'representative' && (
        <p class="acting" part="acting" role="note">
          {filled(words.acting, { name: nameOf(patient) })}
        </p>
      )}
      {children(patient)}
    </>
  );
};
