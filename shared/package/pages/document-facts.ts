import type { PackagedDocument } from '../documents.ts';
import { dateInWords } from './dates.ts';
import { shownName } from './names.ts';
import type { Words } from './words.ts';
import type { Row } from './xhtml.ts';

/** What a page says of a document: its kind, its date, and who wrote it. */
export function documentFacts({ description }: PackagedDocument, words: Words): readonly Row[] {
  const { typeCode, createdOn, authors, from } = description;
  const author = authors[0]?.person?.name;
  return [
    [words.type, typeCode && (words.documentTypes[typeCode.code] ?? typeCode.display)],
    [words.date, createdOn && dateInWords(createdOn, words)],
    [words.author, author && shownName(author)],
    [words.from, from],
  ];
}
