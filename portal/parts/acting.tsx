import type { ComponentChildren, JSX } from 'preact';
import type { PatientView } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { filled } from '../words/words.ts';
import { Heading } from './heading.tsx';
import { Load } from './load.tsx';

/** As it is read out, whatever the order is elsewhere. */
export const nameOf = ({ name }: PatientView): string => [...name.given, name.family].join(' ');

/** The screens of a patient, once it is known whose; whoever acts for one is told so above each of them. */
export const Acting = ({
  children,
}: {
  readonly children: (patient: PatientView) => ComponentChildren;
}): JSX.Element => {
  const { call, there, words } = useSession();
  return (
    <Load
      read={(signal) => call<PatientView>(`GET ${there}`, { signal })}
      heading={<Heading takesFocus={false}>{words.title}</Heading>}
    >
      {(patient) => (
        <>
          {patient.caller === 'representative' && (
            <p class="acting" part="acting" role="note">
              {filled(words.acting, { name: nameOf(patient) })}
            </p>
          )}
          {children(patient)}
        </>
      )}
    </Load>
  );
};
