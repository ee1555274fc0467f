import { sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { ConsentTextSettings } from '../settings.ts';
import type { ConsentText } from './consent.ts';

/** The published texts with their hashes; every version stays readable. */
export const consentTexts = (settings: readonly ConsentTextSettings[]): readonly ConsentText[] =>
  settings.map((each) => ({ ...each, sha256: sha256(each.text) }));

/**
 * The text that is to be shown today: the latest version of the language.
 *
 * @failure consent/unknown-text
 */
export function currentText(texts: readonly ConsentText[], language: string): Outcome<ConsentText> {
  const [latest] = texts
    .filter((text) => text.language === language)
    .toSorted((one, other) => other.version.localeCompare(one.version));
  return latest === undefined ? fail('consent/unknown-text') : done(latest);
}

/** @failure consent/unknown-text */
export function textOf(
  texts: readonly ConsentText[],
  language: string,
  version: string,
): Outcome<ConsentText> {
  const found = texts.find((text) => text.language === language && text.version === version);
  return found === undefined ? fail('consent/unknown-text') : done(found);
}
