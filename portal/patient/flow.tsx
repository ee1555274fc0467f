import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Activity } from '../places/activity.tsx';
import type { CreatedRequest } from '../api/views.ts';
import { Acting } from '../parts/acting.tsx';
import { Change } from '../places/change.tsx';
import type { Draft } from '../places/draft.ts';
import type { Said } from '../places/said.ts';
import type { Agreed } from '../places/saving.ts';
import { type Chosen, Choose } from '../choose/choose.tsx';
import { Declined } from '../terms/declined.tsx';
import { Home, type HomeProps } from './home.tsx';
import { Sent } from '../copies/sent.tsx';
import { Terms } from '../terms/terms.tsx';

type Screen =
  | { readonly name: 'home'; readonly said?: Said | undefined }
  | { readonly name: 'activity' }
  | { readonly name: 'terms'; readonly next: After }
  | { readonly name: 'declined'; readonly running: number }
  | (Agreed & { readonly name: 'choose'; readonly chosen?: Chosen })
  | { readonly name: 'sent'; readonly request: CreatedRequest }
  | {
      readonly name: 'change';
      readonly requestId: string;
      readonly draft?: Draft;
      readonly agreed?: Agreed;
    };

/** The screen on which somebody goes on who has agreed. */
type After = (agreed: Agreed) => Screen;

interface FlowProps {
  /** Where it begins. @default as a patient does */
  readonly First?: (props: HomeProps) => JSX.Element;
}

/** The screens of a patient, or of who acts for one: read and accept, choose, see it arrive; what goes where, and stop it. */
export const PatientFlow = ({ First = Home }: FlowProps): JSX.Element => {
  const [screen, go] = useState<Screen>({ name: 'home' });
  const [isFirst, setFirst] = useState(true);
  const show: Show = (next) => {
    setFirst(false);
    go(next);
  };
  const home = (said?: Said): void => show({ name: 'home', said });
  return (
    <Acting>
      {(patient) =>
        screen.name === 'home' ? (
          <First
            patient={patient}
            isFirst={isFirst}
            said={screen.said}
            onShare={() =>
              show({ name: 'terms', next: (agreed) => ({ ...agreed, name: 'choose' }) })
            }
            onChange={({ id }) => show({ name: 'change', requestId: id })}
            onActivity={() => show({ name: 'activity' })}
          />
        ) : (
          screenOf(screen, { show, home, isPatient: patient.caller === 'patient' })
        )
      }
    </Acting>
  );
};

type Show = (next: Screen) => void;
type Beyond = Exclude<Screen, { name: 'home' }>;

interface Going {
  readonly show: Show;
  readonly home: (said?: Said) => void;
  /** And nobody who acts for one. */
  readonly isPatient: boolean;
}

function screenOf(screen: Beyond, { show, home, isPatient }: Going): JSX.Element {
  const ask = (next: After): void => show({ name: 'terms', next });
  const back = (): void => home();
  switch (screen.name) {
    case 'terms':
      return (
        <Terms
          isPatient={isPatient}
          onAgreed={(consentId, signature) => show(screen.next({ consentId, signature }))}
          onDeclined={(running) => show({ name: 'declined', running })}
          onBack={back}
        />
      );
    case 'declined':
      return <Declined running={screen.running} onDone={back} />;
    case 'choose':
      return (
        <Choose
          {...screen}
          onShared={(request) => show({ name: 'sent', request })}
          onTerms={(chosen) => ask((agreed) => ({ ...agreed, name: 'choose', chosen }))}
          onBack={back}
        />
      );
    case 'sent':
      return <Sent request={screen.request} onDone={back} />;
    case 'change':
      return (
        <Change
          {...screen}
          onTerms={(draft) => ask((agreed) => ({ ...screen, draft, agreed }))}
          onDone={home}
        />
      );
    case 'activity':
      return <Activity onBack={back} />;
  }
}
