import { type Language, LANGUAGES, languageFor } from '../../language.ts';

/** More than a browser ever sends. */
const LONGEST = 500;

/**
 * The language of ours that an Accept-Language header (RFC 9110 12.5.4) likes best; English when it names none of ours.
 * Of those that it likes the same the first one counts, and what it does not weigh in numbers it does not mean.
 */
export function acceptedLanguage(header = ''): Language {
  const weighed = header
    .slice(0, LONGEST)
    .split(',')
    .map((each) =>
      /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/.exec(each),
    )
    .flatMap((each) =>
      each?.[1] === undefined ? [] : [{ tag: each[1], weight: Number(each[2] ?? 1) }],
    )
    .filter(({ tag, weight }) => weight > 0 && isOurs(tag))
    .toSorted((one, other) => other.weight - one.weight);
  return languageFor(weighed[0]?.tag ?? '');
}

const isOurs = (tag: string): boolean =>
  LANGUAGES.some((each) => each === tag.toLowerCase().split('-')[0]);
