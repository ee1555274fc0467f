import { withBlanks } from '../characters.ts';

const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 has no way to write, beside what nobody sees. */
const NOT_TEXT = /[\ufffe\uffff]/g;

/** Text for an element or an attribute. */
export const escapeXml = (text: string): string =>
  withBlanks(text)
    .replace(NOT_TEXT, ' ')
    .replace(/[&<>"']/g, (character) => MARKUP[character] ?? '');
