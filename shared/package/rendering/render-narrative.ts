import type { Words } from '../pages/words.ts';
import type { Markup } from './bounded-markup.ts';
import type { Narrative } from './narrative.ts';

type Node = Narrative | string;

/** A pattern that takes megabytes at once may run out of stack. */
const LAYOUT_PIECE = /[ \t\r\n]{1,1000}/g;

/** White space between words, as an editor lays them out: one blank. */
const laidOut = (text: string): string => text.replace(LAYOUT_PIECE, ' ').replace(/ {2,}/g, ' ');

/** Code, never text for people. */
const UNSEEN = new Set(['script', 'style']);

/**
 * Writes narrative as XHTML Basic 1.1: by a list of what is allowed, in an order that its DTD allows, with all text
 * escaped. What is not on the list leaves its text and nothing else: a link or a picture is what it says of itself.
 *
 * @see CDA R2, 4.3.5 Section Narrative Block
 */
export function renderNarrative(nodes: readonly Node[], out: Markup, words: Words): void {
  for (const node of nodes) {
    if (out.isFull) return;
    if (typeof node === 'string') out.text(laidOut(node));
    else if (!UNSEEN.has(node.name)) (RENDERERS.get(node.name) ?? inside)(node, out, words);
  }
}

type Renderer = (node: Narrative, out: Markup, words: Words) => void;

const inside: Renderer = (node, out, words) => renderNarrative(node.children, out, words);

/** An element that may hold text only, unless there is more in it. */
const inlineAs =
  (name: string): Renderer =>
  (node, out, words) =>
    node.holdsBlock ? inside(node, out, words) : out.element(name, () => inside(node, out, words));

function lineBreak(node: Narrative, out: Markup, words: Words): void {
  out.empty('br');
  inside(node, out, words);
}

const paragraph: Renderer = (node, out, words) =>
  out.element(node.holdsBlock ? 'div' : 'p', () => inside(node, out, words));

const STYLES: readonly (readonly [string, Renderer])[] = [
  ['Bold', inlineAs('b')],
  ['Italics', inlineAs('i')],
  ['Emphasis', inlineAs('em')],
];

/** What its author has struck out must not be read as if it still stood there. */
function content(node: Narrative, out: Markup, words: Words): void {
  const tokens = node.attributes['styleCode']?.split(/\s+/) ?? [];
  const styled = STYLES.find(([token]) => tokens.includes(token))?.[1] ?? inside;
  if (node.attributes['revised'] !== 'delete') return styled(node, out, words);
  out.text(`[${words.struckOut}: `);
  styled(node, out, words);
  out.text(']');
}

/** Captions stand before the list, and whatever else is in it is an item. A list without items is none. */
function list(node: Narrative, out: Markup, words: Words): void {
  const items = node.children.filter((child) => !isCaption(child) && !isBlank(child));
  renderNarrative(node.children.filter(isCaption), out, words);
  if (items.length === 0) return;
  out.element(node.attributes['listType'] === 'ordered' ? 'ol' : 'ul', () => {
    for (const item of items)
      out.element('li', () => renderNarrative(within(item, 'item'), out, words));
  });
}

/** As XHTML Basic knows tables: rows of cells, without groups. */
function table(node: Narrative, out: Markup, words: Words): void {
  const rows = rowsOf(node).filter((cells) => cells.length > 0);
  out.element('div', () => {
    renderNarrative(node.children.filter(isCaption), out, words);
    if (rows.length === 0) return;
    out.element('table', () => {
      for (const cells of rows) {
        out.element('tr', () => {
          for (const each of cells) cell(each, out, words);
        });
      }
    });
  });
}

/** The foot may stand before the body, but it is read after it. What is no row or cell counts as one if it says anything. */
function rowsOf({ children }: Narrative): readonly (readonly Node[])[] {
  const group = (name: string) =>
    children.flatMap((child) => (isNamed(child, name) ? child.children : []));
  const body = children.flatMap((child) => {
    if (isNamed(child, 'tbody')) return child.children;
    return isCaption(child) || isNamed(child, 'thead') || isNamed(child, 'tfoot') ? [] : [child];
  });
  return [...group('thead'), ...body, ...group('tfoot')].map((row) =>
    within(row, 'tr').filter((each) => isCell(each) || !isBlank(each)),
  );
}

function cell(node: Node, out: Markup, words: Words): void {
  const isHead = isNamed(node, 'th');
  const contents = within(node, isHead ? 'th' : 'td');
  out.element(isHead ? 'th' : 'td', () => renderNarrative(contents, out, words), spansOf(node));
}

/** Wider than any real table, and small enough not to stop a browser. */
const SPAN = /^[1-9][0-9]?$/;

const spansOf = (node: Node): string =>
  ['colspan', 'rowspan']
    .map((name) => [name, isCell(node) ? node.attributes[name]?.trim() : undefined] as const)
    .map(([name, span]) => (SPAN.test(span ?? '') ? ` ${name}="${span}"` : ''))
    .join('');

const isNamed = (node: Node, name: string): node is Narrative =>
  typeof node !== 'string' && node.name === name;

const isCaption = (node: Node): node is Narrative => isNamed(node, 'caption');

const isCell = (node: Node): node is Narrative => isNamed(node, 'td') || isNamed(node, 'th');

/** What stands in an element of that name; anything else stands for itself. */
const within = (node: Node, name: string): readonly Node[] =>
  isNamed(node, name) ? node.children : [node];

/** Whether there is nothing in it to be read. */
export const isBlank = (node: Node): boolean =>
  typeof node === 'string' ? node.trim() === '' : !node.holdsText;

const RENDERERS: ReadonlyMap<string, Renderer> = new Map<string, Renderer>([
  ['br', lineBreak],
  ['caption', paragraph],
  ['content', content],
  ['list', list],
  ['paragraph', paragraph],
  ['sub', inlineAs('sub')],
  ['sup', inlineAs('sup')],
  ['table', table],
]);
