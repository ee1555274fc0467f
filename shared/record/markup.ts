/** A piece of well-formed XML: text, a tag, or what is passed over (comments, instructions); and where the next begins. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly end: number }
  | StartTag
  | { readonly kind: 'end' | 'passed'; readonly end: number };

export interface StartTag {
  readonly kind: 'start';
  readonly end: number;
  readonly name: string;
  /** Its attributes as they stand, for who wants them. */
  readonly pairs: string;
  readonly isEmpty: boolean;
}

/**
 * Reads the piece of a document that begins at a place.
 *
 * @returns undefined when it is not all there, or is nothing that a good document without a DOCTYPE has
 */
export function readPiece(text: string, at: number): Piece | undefined {
  if (text.charAt(at) !== '<') return characters(text, at);
  switch (text.charAt(at + 1)) {
    case '/':
      return upTo(text, '>', at, 'end');
    case '?':
      return upTo(text, '?>', at, 'passed');
    case '!':
      return text.startsWith('<!--', at)
        ? upTo(text, '-->', at + 4, 'passed')
        : characterData(text, at);
    default:
      return startTag(text, at);
  }
}

function characters(text: string, at: number): Piece | undefined {
  const end = text.indexOf('<', at);
  return end < 0 ? undefined : { kind: 'text', text: unescaped(text.slice(at, end)), end };
}

function upTo(text: string, mark: string, from: number, kind: 'end' | 'passed'): Piece | undefined {
  const found = text.indexOf(mark, from);
  return found < 0 ? undefined : { kind, end: found + mark.length };
}

const CDATA = '<![CDATA[';

function characterData(text: string, at: number): Piece | undefined {
  const end = text.indexOf(']]>', at);
  if (end < 0 || !text.startsWith(CDATA, at)) return undefined;
  return { kind: 'text', text: text.slice(at + CDATA.length, end), end: end + 3 };
}

const TAG = /<([^\s/>=!?]+)((?:\s+[^\s/>=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
function startTag(text: string, at: number): StartTag | undefined {
  TAG.lastIndex = at;
  const found = TAG.exec(text);
  if (!found) return undefined;
  const [all, name = '', pairs = '', slash] = found;
  return { kind: 'start', end: at + all.length, name, pairs, isEmpty: slash === '/' };
}

const NONE: Readonly<Record<string, string>> = {};

/** Attributes by their whole names, declarations of namespaces among them. */
export function attributesIn(pairs: string): Readonly<Record<string, string>> {
  if (pairs === '') return NONE;
  const attributes: Record<string, string> = {};
  ATTRIBUTE.lastIndex = 0;
  for (let pair = ATTRIBUTE.exec(pairs); pair; pair = ATTRIBUTE.exec(pairs)) {
    const [, key = '', double, single = ''] = pair;
    attributes[key] = valueOf(double ?? single);
  }
  return attributes;
}

/** The namespaces that attributes declare, by prefix; the default one under the empty prefix. */
export const declaredIn = (pairs: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(attributesIn(pairs))
      .filter(([key]) => DECLARES.test(key))
      .map(([key, uri]) => [key.slice(6), uri]),
  );

const DECLARES = /^xmlns(?::|$)/;

/** XML 1.0 section 3.3.3: in the value of an attribute the end of a line and a tab are blanks. */
const valueOf = (raw: string): string =>
  NOT_PLAIN.test(raw) ? unescaped(raw.replace(/\r\n|[\t\r\n]/g, ' ')) : raw;

const NOT_PLAIN = /[&\t\r\n]/;

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** References are to one of the five names that XML knows, or to a character by its number. */
const unescaped = (text: string): string =>
  text.includes('&') ? text.replace(/&(#x?)?([^;&]*);/g, characterOf) : text;

function characterOf(reference: string, kind: string | undefined, name: string): string {
  if (kind === undefined) return NAMED.get(name) ?? reference;
  const code = Number.parseInt(name, kind === '#x' ? 16 : 10);
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference;
}
