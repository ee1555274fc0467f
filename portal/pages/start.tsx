import { type JSX, render } from 'preact';
import { type Language, pageWordsIn } from '../words/words.ts';
import { firstWordsIn } from '../words/first.ts';
import { Frame, useLanguage } from './frame.tsx';
import { languageOfVisit } from './language.ts';

/** The page that leads to the others. */
const StartPage = ({ first }: { readonly first: Language }): JSX.Element => {
  const [language, setLanguage] = useLanguage(first);
  const pages = pageWordsIn(language);
  return (
    <Frame language={language} onLanguage={setLanguage} heading={firstWordsIn(language).title}>
      <p>{pages.about}</p>
      <ul class="plain ways">
        <li>
          <a href="/share">{pages.forPatients}</a>
          <p>{pages.forPatientsHint}</p>
        </li>
        <li>
          <a href="/provider">{pages.forProviders}</a>
          <p>{pages.forProvidersHint}</p>
        </li>
      </ul>
    </Frame>
  );
};

const first = languageOfVisit(location.search, sessionStorage, navigator.languages);
history.replaceState({}, '', location.pathname);
document.body.replaceChildren();
render(<StartPage first={first} />, document.body);
