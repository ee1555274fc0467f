import { type JSX, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { type Language, pageWordsIn } from '../words/words.ts';
import { Frame, useLanguage } from './frame.tsx';
import { languageOfVisit } from './language.ts';
import { type Arrival, arrive, leave, type PageName, redirectUriOf } from './sign-in/arrive.ts';
import { leavingUrl } from './sign-in/sign-in-service.ts';
import { type Visit, visitOf } from './sign-in/visit.ts';
import { SignedIn } from './signed-in.tsx';

/** Shows the page, and does what it was opened for. What its address says is read once, and does not stay there. */
export function openPage(page: PageName): void {
  const first = languageOfVisit(location.search, sessionStorage, navigator.languages);
  const visit = visitOf(location.search);
  history.replaceState({}, '', location.pathname);
  document.body.replaceChildren();
  render(<SharePage page={page} visit={visit} first={first} />, document.body);
  forgetOnLeaving();
}

/** A browser may keep a page that was left as it was, tokens and all, and show it to whoever goes back after a sign-out. */
function forgetOnLeaving(): void {
  addEventListener('pagehide', () => render(null, document.body));
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
}

interface SharePageProps {
  readonly page: PageName;
  readonly visit: Visit;
  readonly first: Language;
}

const SharePage = ({ page, visit, first }: SharePageProps): JSX.Element => {
  const [language, setLanguage] = useLanguage(first);
  const [arrival, setArrival] = useState<Arrival>({ name: 'under-way' });
  useEffect(() => {
    void arrive(page, visit, language).then(setArrival);
  }, []);
  const signIn = (): void => {
    setArrival({ name: 'under-way' });
    void leave(page, { language }).then(setArrival);
  };
  // Nothing is stored: what goes with the page is gone.
  const signOut =
    arrival.name === 'signed-in'
      ? (): void => location.replace(leavingUrl(arrival.service, redirectUriOf(page)))
      : undefined;
  return (
    <Frame
      language={language}
      onLanguage={setLanguage}
      heading={pageWordsIn(language).heading}
      onSignOut={signOut}
    >
      {arrival.name === 'signed-in' ? (
        <SignedIn page={page} language={language} {...arrival} />
      ) : (
        <Arriving arrival={arrival} language={language} onSignIn={signIn} />
      )}
    </Frame>
  );
};

interface ArrivingProps {
  readonly arrival: Exclude<Arrival, { name: 'signed-in' }>;
  readonly language: Language;
  readonly onSignIn: () => void;
}

const Arriving = ({ arrival, language, onSignIn }: ArrivingProps): JSX.Element => {
  const pages = pageWordsIn(language);
  switch (arrival.name) {
    case 'under-way':
      return <Busy>{pages.leaving}</Busy>;
    case 'handed-over':
      return <Notice kind="good">{pages.done}</Notice>;
    case 'trouble':
      return (
        <>
          <Notice kind="bad" takesFocus>
            <p>{pages.trouble[arrival.trouble]}</p>
          </Notice>
          <Button kind="primary" onPress={onSignIn}>
            {pages.signIn}
          </Button>
        </>
      );
  }
};
