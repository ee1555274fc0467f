import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CreatedRequest, PatientView, Request } from '../api/views.ts';
import { type Chosen, Choose } from '../choose/choose.tsx';
import { Sent } from '../copies/sent.tsx';
import { Acting } from '../parts/acting.tsx';
import { Activity } from '../places/activity.tsx';
import { Change } from '../places/change.tsx';
import type { Draft } from '../places/draft.ts';
import type { Said } from '../places/said.ts';
import type { Agreed } from '../places/saving.ts';
import { Declined } from '../terms/declined.tsx';
import { Terms } from '../terms/terms.tsx';
import { Home, type HomeProps } from './home.tsx';

interface FlowProps {
  /** Where it begins. @default as a patient does */
  readonly First?: (props: HomeProps) => JSX.Element;
}

/** The screens of a patient, or of who acts for one: read and accept, choose, see it arrive; what goes where, and stop it. */
export const PatientFlow = ({ First = Home }: FlowProps): JSX.Element => {
  const [screen, go] = useState<Screen>(() => home(undefined, false));
  const show = (next: Screen): void => go(() => next);
  return <Acting>{(patient) => screen({ First, patient, show })}</Acting>;
};

/** A screen, with those to which it leads. */
type Screen = (flow: Flow) => JSX.Element;

interface Flow extends Required<FlowProps> {
  readonly patient: PatientView;
  readonly show: (next: Screen) => void;
}

/** The screen on which somebody goes on who has agreed. */
type After = (agreed: Agreed) => Screen;

const home =
  (said?: Said, takesFocus = !said): Screen =>
  ({ First, patient, show }) => (
    <First
      patient={patient}
      takesFocus={takesFocus}
      said={said}
      onShare={() => show(terms(choose()))}
      onChange={(request) => show(change(request)())}
      onActivity={() => show(activity)}
    />
  );

const activity: Screen = ({ show }) => <Activity onBack={() => show(home())} />;

const terms =
  (next: After): Screen =>
  ({ patient, show }) => (
    <Terms
      isPatient={patient.caller === 'patient'}
      onAgreed={(consentId, signature) => show(next({ consentId, signature }))}
      onDeclined={(running) => show(declined(running))}
      onBack={() => show(home())}
    />
  );

const declined =
  (running: number): Screen =>
  ({ show }) => <Declined running={running} onDone={() => show(home())} />;

const choose =
  (chosen?: Chosen): After =>
  (agreed) =>
  ({ show }) => (
    <Choose
      {...agreed}
      chosen={chosen}
      onShared={(request) => show(sent(request))}
      onTerms={(typed) => show(terms(choose(typed)))}
      onBack={() => show(home())}
    />
  );

const sent =
  (request: CreatedRequest): Screen =>
  ({ show }) => <Sent request={request} onDone={() => show(home())} />;

const change =
  (request: Request, draft?: Draft) =>
  (agreed?: Agreed): Screen =>
  ({ show }) => (
    <Change
      request={request}
      draft={draft}
      agreed={agreed}
      onTerms={(typed, now) => show(terms(change(now, typed)))}
      onDone={(said) => show(home(said))}
    />
  );
