import type { SaxesTagNS } from 'saxes';

/** An element with the attributes that have no prefix, the text directly in it, and its children of the namespaces asked for. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Grows a tree out of parser events. What is of another namespace is left out with everything in it. */
export interface Tree {
  readonly root: XmlElement;
  readonly elements: number;
  open(tag: SaxesTagNS): void;
  text(text: string): void;
  close(): void;
}

export function growTree(...namespaces: readonly string[]): Tree {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open: (XmlElement | undefined)[] = [root];
  let elements = 0;
  return {
    root,
    get elements() {
      return elements;
    },
    open(tag) {
      const parent = open.at(-1);
      const element = parent && namespaces.includes(tag.uri) ? elementOf(tag) : undefined;
      if (element) parent?.children.push(element);
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

function elementOf(tag: SaxesTagNS): XmlElement {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { prefix, local, value } of Object.values(tag.attributes)) {
    if (prefix === '') attributes[local] = value;
  }
  return { name: tag.local, attributes, children: [], text: '' };
}

/** Every element at the end of a path of names, in document order. */
export function all(from: XmlElement | undefined, ...path: readonly string[]): XmlElement[] {
  let found = from ? [from] : [];
  for (const name of path) {
    found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  }
  return found;
}

export const first = (
  from: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined => all(from, ...path)[0];
