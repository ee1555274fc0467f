import { oneLine } from '../characters.ts';
import type { Language } from '../language.ts';
import { wordsIn } from '../package/pages/words.ts';
import { ZIP_NAME } from './draft.ts';

/** What the body of a message depends on. */
export interface BodyContent {
  readonly language: Language;
  readonly holderName: string;
  /** Whether a document inside is sensitive, and its recipient is to be told. */
  readonly notice: boolean;
  /** The patient did not ask for it. */
  readonly attested?: boolean;
}

/** What the recipient of a message without health data reads: who sends it, and what for. */
export const probeText = ({
  language,
  holderName,
  contact,
}: Pick<BodyContent, 'language' | 'holderName'> & { readonly contact: string }): string =>
  wordsIn(language).probe(oneLine(holderName, 200), oneLine(contact, 200));

/**
 * What the recipient reads beside the package: who sends, and whether at the patient's request, then how to open it. It does not name
 * the patient: mail programs show the beginning of a body where they show no attachment.
 */
export function bodyText({ language, holderName, notice, attested }: BodyContent): string {
  const words = wordsIn(language);
  return [
    (attested ? words.unaskedMessage : words.message)(oneLine(holderName, 200)),
    words.attachment(ZIP_NAME),
    ...(notice ? [words.notice] : []),
  ].join('\n\n');
}
