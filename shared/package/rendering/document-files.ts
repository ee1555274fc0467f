import type { Language } from '../../language.ts';
import type { PackagedDocument } from '../documents.ts';
import { readingPage } from './reading-page.ts';

/** A document and, where one was asked for and can be made, a page for reading it: two files side by side. */
export interface DocumentFiles {
  readonly document: PackagedDocument;
  readonly page?: { readonly fileName: string; readonly text: string };
}

export type PageMaker = (
  documents: readonly PackagedDocument[],
  language: Language,
) => readonly DocumentFiles[];

/** The page of DOC00001.XML is DOC00001.HTM; no other document has that number. */
export const withPages: PageMaker = (documents, language) =>
  documents.map((document) => {
    if (document.mimeType !== 'text/xml') return { document };
    const text = readingPage(document, language);
    const fileName = document.fileName.replace(/XML$/, 'HTM');
    return text === undefined ? { document } : { document, page: { fileName, text } };
  });
