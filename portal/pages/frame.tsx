import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { type Language, pageWordsIn } from '../words/words.ts';
import { firstWordsIn } from '../words/first.ts';
import { keepLanguage } from './language.ts';

export interface FrameProps {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly heading: string;
  /** Without it nobody is signed in. */
  readonly onSignOut?: (() => void) | undefined;
  readonly children: ComponentChildren;
}

/** What stands around everything on the pages that we host. */
export const Frame = ({
  language,
  onLanguage,
  heading,
  onSignOut,
  children,
}: FrameProps): JSX.Element => {
  const pages = pageWordsIn(language);
  const other = language === 'es' ? 'en' : 'es';
  return (
    <>
      <header>
        <a href="/">{pages.start}</a>
        <span lang={other}>
          <Button kind="link" onPress={() => onLanguage(other)}>
            {pages.otherLanguage}
          </Button>
        </span>
        {onSignOut && (
          <Button kind="link" onPress={onSignOut}>
            {pages.signOut}
          </Button>
        )}
      </header>
      <main>
        <h1>{heading}</h1>
        {children}
      </main>
    </>
  );
};

/** The language of the page, which its root element tells too, and how to choose the other. */
export function useLanguage(first: Language): readonly [Language, (language: Language) => void] {
  const [language, setLanguage] = useState(first);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = firstWordsIn(language).title;
    keepLanguage(language, sessionStorage);
  }, [language]);
  return [language, setLanguage];
}
