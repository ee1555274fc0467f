import type { SaxesTagNS } from 'saxes';

/** An element with the attributes that have no prefix, the text directly in it, and its children of the namespaces asked for. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Grows out of parser events. */
export interface Growth {
  /** That were opened. */
  readonly elements: number;
  open(tag: SaxesTagNS): void;
  text(text: string): void;
  close(): void;
}

/** What is of another namespace is left out with everything in it. */
export interface Tree extends Growth {
  readonly root: XmlElement;
}

export const growTree = (...namespaces: readonly string[]): Tree =>
  growFrom<XmlElement>({ name: '', attributes: {}, children: [], text: '' }, (tag) =>
    namespaces.includes(tag.uri) ? elementOf(tag) : undefined,
  );

/** @param elementFor undefined for what is left out with everything in it */
export function growFrom<Element extends { readonly children: Element[]; text: string }>(
  root: Element,
  elementFor: (tag: SaxesTagNS) => Element | undefined,
): Growth & { readonly root: Element } {
  const open: (Element | undefined)[] = [root];
  let elements = 0;
  return {
    root,
    get elements() {
      return elements;
    },
    open(tag) {
      const parent = open.at(-1);
      const element = parent && elementFor(tag);
      if (element) parent.children.push(element);
      open.push(element);
      elements += 1;
    },
    text(text) {
      const element = open.at(-1);
      if (element) element.text += text;
    },
    close() {
      open.pop();
    },
  };
}

const NO_ATTRIBUTES: Readonly<Record<string, string>> = {};

/** Kept in plain objects, which are small; none of the names that are asked for is one that every object has. */
function elementOf(tag: SaxesTagNS): XmlElement {
  let attributes: Record<string, string> | undefined;
  for (const key in tag.attributes) {
    const attribute = tag.attributes[key];
    if (attribute?.prefix === '') (attributes ??= {})[attribute.local] = attribute.value;
  }
  return { name: tag.local, attributes: attributes ?? NO_ATTRIBUTES, children: [], text: '' };
}

/** An element and all that stand in it, at any depth. */
export function within(element: XmlElement): readonly XmlElement[] {
  const elements = [element];
  // What is pushed while the loop runs is looped over too.
  for (const { children } of elements) for (const child of children) elements.push(child);
  return elements;
}

/** Every element at the end of a path of names, in document order. */
export function all(from: XmlElement | undefined, ...path: readonly string[]): XmlElement[] {
  let found = from ? [from] : [];
  for (const name of path) {
    const next: XmlElement[] = [];
    for (const { children } of found) {
      for (const child of children) if (child.name === name) next.push(child);
    }
    found = next;
  }
  return found;
}

export const first = (
  from: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined => all(from, ...path)[0];
