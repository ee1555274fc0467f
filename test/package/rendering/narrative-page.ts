import type { Language } from '../../../shared/language.ts';
import { withPages } from '../../../shared/package/rendering/document-files.ts';
import { checkClinicalDocument } from '../../../shared/record/intake.ts';
import { sampleCcdaText } from '../../support/ccda.ts';
import { packageAndRead, textOf } from '../read-package.ts';
import { inputOf } from '../sample-input.ts';

/** A document whose body is as given. */
export const withBody = (body: string): Uint8Array =>
  Buffer.from(
    sampleCcdaText().replace(
      /<structuredBody>[^]*<\/structuredBody>/,
      () => `<structuredBody>${body}</structuredBody>`,
    ),
  );

export const section = (narrative: string, title = 'Section'): string =>
  `<component><section><title>${title}</title><text>${narrative}</text></section></component>`;

/** The page for reading that lies beside a document, if there is one. What the intake refuses is no document. */
export function pageOfDocument(bytes: Uint8Array, language: Language = 'en'): string | undefined {
  const checked = checkClinicalDocument(bytes);
  if (!checked.ok) throw new Error(checked.failure.code);
  const { files } = packageAndRead({ ...inputOf(bytes), makePages: withPages, language });
  const page = files['IHE_XDM/SUBSET01/DOC00001.HTM'];
  return page && textOf(page);
}

/** The page of a document with one section. */
export function pageOf(narrative: string, language: Language = 'en'): string {
  const page = pageOfDocument(withBody(section(narrative)), language);
  if (page === undefined) throw new Error('There is no page');
  return page;
}

/** What was made of the narrative of the one section. */
export const markupOf = (narrative: string): string =>
  /<h2>Section<\/h2><div>([^]*)<\/div>\n<\/body>/.exec(pageOf(narrative))?.[1] ?? 'not found';
