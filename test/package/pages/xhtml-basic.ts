import { spawnSync } from 'node:child_process';
import type { XmlElement } from '../../../shared/record/xml-tree.ts';
import { parseXml } from '../read-package.ts';

/*
 * What of XHTML Basic 1.1 our pages use, with what may stand in each and the attributes it may have. The DTD itself
 * cannot be fetched where tests run.
 */
const INLINE = ['a', 'b', 'br', 'em', 'i', 'sub', 'sup'];
const BLOCK = ['div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ol', 'p', 'table', 'ul'];
const FLOW = [...INLINE, ...BLOCK];

const MAY_HOLD: Readonly<Record<string, readonly string[]>> = {
  html: ['head', 'body'],
  head: ['meta', 'title'],
  meta: [],
  title: [],
  body: BLOCK,
  div: FLOW,
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p'].map((name) => [name, INLINE])),
  ...Object.fromEntries(INLINE.map((name) => [name, INLINE])),
  br: [],
  ol: ['li'],
  ul: ['li'],
  li: FLOW,
  table: ['tr'],
  tr: ['td', 'th'],
  // A table directly in a cell is what the module for basic tables does not have.
  td: FLOW.filter((name) => name !== 'table'),
  th: FLOW.filter((name) => name !== 'table'),
};
const NEED_CHILDREN = ['ol', 'table', 'tr', 'ul'];
const NO_TEXT = ['body', 'html', 'head', 'ol', 'table', 'tr', 'ul'];
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  html: ['xmlns'],
  meta: ['content', 'http-equiv'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
};

/** Reads a page strictly. */
export const pageOf = (page: string): XmlElement => parseXml(page, 'http://www.w3.org/1999/xhtml');

/** Whatever in the page XHTML Basic does not allow; empty is good. */
export function strangers(page: string): readonly string[] {
  const root = pageOf(page);
  return root.children.flatMap((html) => [
    ...(html.name === 'html' ? [] : [`<${html.name}> is no page`]),
    ...within(html).flatMap(faultsOf),
  ]);
}

function faultsOf({ name, text, children, attributes }: XmlElement): readonly string[] {
  const allowed = MAY_HOLD[name];
  if (!allowed) return [`<${name}>`];
  const extra = Object.keys(attributes).filter((each) => !ATTRIBUTES[name]?.includes(each));
  return [
    ...children
      .filter((child) => !allowed.includes(child.name))
      .map((child) => `<${child.name}> in <${name}>`),
    ...extra.map((each) => `${each} of <${name}>`),
    ...(NEED_CHILDREN.includes(name) && children.length === 0 ? [`empty <${name}>`] : []),
    ...(NO_TEXT.includes(name) && text.trim() !== '' ? [`text in <${name}>`] : []),
  ];
}

/** The page as it is read: all that stands between the tags. */
export const wordsOf = (page: string): string =>
  page
    .replace(/^[^]*?<body>/, '')
    .replace(/<\/?(?:p|div|h\d|li|t[hdr]|table|[uo]l|br)\b[^>]*>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

/** Everything that a browser would go and fetch, or go to. */
export const addressesIn = (page: string): readonly string[] =>
  [
    ...page.replace(/<!DOCTYPE[^>]*>/, '').matchAll(/\s(?:href|src|style|on\w+)\s*=\s*"([^"]*)"/gi),
  ].map(([, address]) => address ?? '');

const within = (element: XmlElement): XmlElement[] => [
  element,
  ...element.children.flatMap(within),
];

export const elements = (page: string, name: string): readonly XmlElement[] =>
  pageOf(page)
    .children.flatMap(within)
    .filter((each) => each.name === name);

/** What xmllint says against it: nothing for a page that is well-formed. It fetches nothing. */
export const xmllint = (page: string): string =>
  spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: page, encoding: 'utf8' }).stderr;
