import type { SaxesTagNS } from 'saxes';
import type { Growth, XmlElement } from '../../record/xml-tree.ts';

/** An element of any namespace. */
export interface SoapElement {
  readonly namespace: string;
  readonly name: string;
  /** Of those without a prefix by name, of the others as `{namespace}name`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: SoapElement[];
  text: string;
}

export function growSoapTree(): Growth & { readonly root: SoapElement } {
  const root: SoapElement = { namespace: '', name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let elements = 0;
  return {
    root,
    get elements() {
      return elements;
    },
    open(tag) {
      const element = elementOf(tag);
      open.at(-1)?.children.push(element);
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

function elementOf({ uri, local, attributes: said }: SaxesTagNS): SoapElement {
  const attributes: Record<string, string> = {};
  for (const { prefix, uri: namespace, local: name, value } of Object.values(said)) {
    if (prefix === 'xmlns' || name === 'xmlns') continue;
    attributes[prefix === '' ? name : `{${namespace}}${name}`] = value;
  }
  return { namespace: uri, name: local, attributes, children: [], text: '' };
}

export const childrenOf = (
  parent: SoapElement | undefined,
  namespace: string,
  name: string,
): readonly SoapElement[] =>
  (parent?.children ?? []).filter((child) => child.namespace === namespace && child.name === name);

/** The child of a name, if there is one of it and no second. */
export function onlyChild(
  parent: SoapElement | undefined,
  namespace: string,
  name: string,
): SoapElement | undefined {
  const [first, second] = childrenOf(parent, namespace, name);
  return second ? undefined : first;
}

/**
 * What of an element is of its own namespace. Of the attributes those without a prefix; of the text that of a `Value`, as
 * nothing else in ebRIM has any.
 */
export function ownOf(element: SoapElement): XmlElement {
  const attributes = Object.entries(element.attributes).filter(([name]) => !name.startsWith('{'));
  return {
    name: element.name,
    attributes: Object.fromEntries(attributes),
    children: element.children
      .filter(({ namespace }) => namespace === element.namespace)
      .map(ownOf),
    text: element.name === 'Value' ? element.text : '',
  };
}
