const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 has no way to write, and the blanks that an attribute would not keep. */
const NOT_TEXT = /[\p{Cc}\ufffe\uffff]/gu;

/** Text for an element or an attribute. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(NOT_TEXT, ' ')
    .replace(/[&<>"']/g, (character) => MARKUP[character] ?? '');
