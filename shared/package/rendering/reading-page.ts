import type { Language } from '../../language.ts';
import { readDocument } from '../../record/read-document.ts';
import { readableDateOf } from '../derive/times.ts';
import type { PackagedDocument } from '../documents.ts';
import { dateInWords } from '../pages/dates.ts';
import { documentFacts } from '../pages/document-facts.ts';
import { shownName } from '../pages/names.ts';
import { wordsIn, type Words } from '../pages/words.ts';
import { factTable, link, paragraph, xhtmlPage } from '../pages/xhtml.ts';
import { escapeXml } from '../xml.ts';
import { boundedMarkup, type Markup } from './bounded-markup.ts';
import { watchNarrative, type Narrative } from './narrative.ts';
import { isBlank, renderNarrative } from './render-narrative.ts';

/** Markup for the same text is longer than its source only where somebody means it to be. */
const limitOf = ({ length }: Uint8Array): number => Math.min(3 * length + 32_768, 8_388_608);

/**
 * A page for reading a clinical document: its titles and narrative, in which the author says for people all that the
 * entries say for computers. At most three times as long as the document and 64 kB; a longer one says that it is cut.
 *
 * @returns nothing for a document without a structured body
 */
export function readingPage(document: PackagedDocument, language: Language): string | undefined {
  const words = wordsIn(language);
  const out = boundedMarkup(limitOf(document.bytes));
  const read = readDocument(document.bytes, watchNarrative(sinkFor(out, words)));
  if (!read.ok || read.value.body !== 'structured') return undefined;
  const { title, patientInfo } = document.description;
  const born = readableDateOf(patientInfo.birthDate);
  return xhtmlPage(language, title, [
    `<h1>${escapeXml(title)}</h1>`,
    ...factTable([
      [words.patient, shownName(patientInfo.name)],
      [words.born, born && dateInWords(born, words)],
      ...documentFacts(document, words),
    ]),
    ...(document.notice ? [paragraph(words.notice)] : []),
    paragraph(words.onlyAPage),
    `<p>${link(document.fileName, words.originalFile)}</p>`,
    `<p>${link('../../INDEX.HTM', words.contents)}</p>`,
    out.whole(),
    ...(out.isFull ? [paragraph(words.cut)] : []),
  ]);
}

const sinkFor = (out: Markup, words: Words): Parameters<typeof watchNarrative>[0] => ({
  get isFull() {
    return out.isFull;
  },
  cut: () => out.stop(),
  title: (title, level) => out.element(`h${Math.min(level + 1, 6)}`, () => out.text(textOf(title))),
  text: (text) =>
    out.element('div', () =>
      renderNarrative(isBlank(text) ? [words.noText] : text.children, out, words),
    ),
  nothing: () => out.element('p', () => out.text(words.noText)),
});

const textOf = (node: Narrative | string): string =>
  typeof node === 'string' ? node : node.children.map(textOf).join('');
