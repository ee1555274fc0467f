import type { SaxesTagNS } from 'saxes';
import { growFrom, type Growth, type XmlElement } from '../../record/xml-tree.ts';

/** An element of any namespace. */
export interface SoapElement {
  readonly namespace: string;
  readonly name: string;
  /** Of those without a prefix by name, of the others as `{namespace}name`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: SoapElement[];
  text: string;
}

export const growSoapTree = (): Growth & { readonly root: SoapElement } =>
  growFrom({ namespace: '', name: '', attributes: {}, children: [], text: '' }, elementOf);

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
