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

/** What nearly all text is: nothing in it needs to be written in another way. */
const AS_IT_IS = /^[\x20\x21\x23-\x25\x28-\x3b\x3d\x3f-\x7e]*$/;

/** Text for an element or an attribute. */
export const escapeXml = (text: string): string =>
  AS_IT_IS.test(text)
    ? text
    : withBlanks(text)
        .replace(NOT_TEXT, ' ')
        .replace(/[&<>"']/g, (character) => MARKUP[character] ?? '');
