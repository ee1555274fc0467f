import { h, type JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
// oxlint-disable-next-line import/no-unassigned-import -- it defines the element
import '../share-with-direct.ts';
import { type Language, pageWordsIn } from '../words/words.ts';
import { Choice } from './choice.tsx';
import { type PageName, redirectUriOf } from './sign-in/arrive.ts';
import { tokenSourceOf } from './sign-in/held-tokens.ts';
import type { SignInService } from './sign-in/sign-in-service.ts';
import type { Tokens } from './sign-in/tokens.ts';
import type { Trouble } from './sign-in/tried.ts';

interface SignedInProps {
  readonly page: PageName;
  readonly language: Language;
  readonly service: SignInService;
  readonly tokens: Tokens;
}

/** The component, for the patient whom the token is about: of several, the one that is chosen first. */
export const SignedIn = ({ page, language, service, tokens }: SignedInProps): JSX.Element => {
  const [only] = tokens.patients.length === 1 ? tokens.patients : [];
  const [patient, setPatient] = useState(only);
  const [cancel, setCancel] = useState<{ readonly press: () => void }>();
  const [trouble, setTrouble] = useState<Trouble>();
  const spoken = useRef(language);
  spoken.current = language;
  const [token] = useState(() =>
    tokenSourceOf(tokens, {
      service,
      redirectUri: redirectUriOf(page),
      language: () => spoken.current,
      onWindow: (press) => setCancel(press && { press }),
      onTrouble: setTrouble,
    }),
  );
  if (patient === undefined) {
    return (
      <Choice language={language} patients={tokens.patients} token={token} onChoose={setPatient} />
    );
  }
  const role = page === 'provider' ? 'provider' : 'patient';
  return (
    <>
      <SignInAgain language={language} cancel={cancel?.press} trouble={trouble} />
      {h('share-with-direct', { api: '/', patient, lang: language, role, token })}
    </>
  );
};

interface SignInAgainProps {
  readonly language: Language;
  readonly cancel: (() => void) | undefined;
  readonly trouble: Trouble | undefined;
}

/** Above the component, which stays as it is: that there is a window to sign in, or why it came to nothing. */
const SignInAgain = ({ language, cancel, trouble }: SignInAgainProps): JSX.Element => {
  const pages = pageWordsIn(language);
  return (
    <>
      {cancel && (
        <Notice kind="caution">
          <p>{pages.window}</p>
          <Button onPress={cancel}>{pages.cancel}</Button>
        </Notice>
      )}
      {trouble && <Notice kind="bad">{pages.trouble[trouble]}</Notice>}
    </>
  );
};
