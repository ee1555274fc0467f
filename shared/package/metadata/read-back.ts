import type { XmlElement } from '../../record/xml-tree.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** Characters that XML does not have or that we never write, and ampersands that begin none of our five references. */
const NOT_OURS = /[[\p{Cc}\ufffe\uffff]--\n]|&(?!(?:amp|lt|gt|quot|#39);)/v;
/** Between its angle brackets. */
const TAG = /^([A-Za-z]+)((?: [A-Za-z]+="[^"<]*")*)(\/?)$/;
const CHARACTERS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * Reads XML as this program writes it: elements without prefixes, attributes in double quotes, text, and five escaped
 * characters. That is well-formed XML, and so little of it that it is read several times faster than by a parser that
 * has to know the whole; what is not of this form is not read at all.
 *
 * @returns a nameless element around the document
 */
export function readBack(text: string): XmlElement | undefined {
  if (!text.startsWith(DECLARATION) || NOT_OURS.test(text) || !text.isWellFormed())
    return undefined;
  const root = element('', '');
  const open = [root];
  let at = DECLARATION.length;
  for (let begin = text.indexOf('<', at); begin >= 0; begin = text.indexOf('<', at)) {
    const parent = open.at(-1);
    const end = text.indexOf('>', begin);
    if (!parent || end < 0) return undefined;
    if (begin > at) parent.text += unescaped(text.slice(at, begin));
    if (!readTag(text.slice(begin + 1, end), parent, open)) return undefined;
    at = end + 1;
  }
  const isWhole = open.length === 1 && root.children.length === 1 && text.slice(at) === '\n';
  return isWhole && root.text === '' ? root : undefined;
}

function readTag(tag: string, parent: XmlElement, open: XmlElement[]): boolean {
  if (tag.startsWith('/')) return open.length > 1 && open.pop()?.name === tag.slice(1);
  const [, name, attributes, slash] = TAG.exec(tag) ?? [];
  if (name === undefined || attributes === undefined) return false;
  const child = element(name, attributes);
  parent.children.push(child);
  if (slash === '') open.push(child);
  // An attribute that is there twice leaves one place empty.
  return Object.keys(child.attributes).length === attributes.split('="').length - 1;
}

/** @param attributes as they stand in the tag, with a blank before each */
function element(name: string, attributes: string): XmlElement {
  const read: Record<string, string> = {};
  for (let at = 1; at < attributes.length;) {
    const equals = attributes.indexOf('="', at);
    const quote = attributes.indexOf('"', equals + 2);
    read[attributes.slice(at, equals)] = unescaped(attributes.slice(equals + 2, quote));
    at = quote + 2;
  }
  return { name, attributes: read, children: [], text: '' };
}

const unescaped = (text: string): string =>
  text.includes('&') ? text.replace(/&[^;]+;/g, (reference) => CHARACTERS[reference] ?? '') : text;
