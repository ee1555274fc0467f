import { SaxesParser } from 'saxes';
import { done, fail, type Outcome } from '../../outcome.ts';
import { decoded } from '../../record/decode.ts';
import { PARSING } from '../../record/parsing.ts';
import { growTree, type Tree, type XmlElement } from '../../record/xml-tree.ts';
import { LIMITS } from './limits.ts';

export interface XmlRules {
  readonly namespaces: readonly string[];
  /** A page may have one, and then entities that it does not define; metadata may not. */
  readonly doctype: 'refused' | 'ignored';
}

/**
 * Reads the XML of others within bounds on everything that can grow. Entities are never expanded.
 *
 * @returns the nameless element above the first one
 * @failure package/bad-metadata
 */
export function readXml(bytes: Uint8Array, rules: XmlRules): Outcome<XmlElement> {
  if (bytes.length > LIMITS.xmlBytes) return bad(`${bytes.length} bytes`);
  const tree = growTree(...rules.namespaces);
  const { parser, verdict } = boundedParser(tree, rules);
  for (const chunk of decoded(bytes)) {
    if (!chunk.ok) return bad('its encoding');
    parser.write(chunk.value);
    const broken = verdict();
    if (broken) return bad(broken);
  }
  parser.close();
  const broken = verdict();
  return broken ? bad(broken) : done(tree.root);
}

const bad = (detail: string) => fail('package/bad-metadata', detail);

const isLong = (name: string): boolean => name.length > LIMITS.xmlNameLength;

function boundedParser(tree: Tree, { doctype }: XmlRules) {
  const parser = new SaxesParser(PARSING);
  let broken: string | undefined;
  let depth = 0;
  let hasDoctype = false;
  const judge = (why: string, isBroken = true): void => {
    if (isBroken) broken ??= why;
  };
  parser.on('error', ({ message }) =>
    judge('not well-formed', !(hasDoctype && message.includes('undefined entity'))),
  );
  parser.on('doctype', () => {
    hasDoctype = true;
    judge('a DOCTYPE', doctype === 'refused');
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.keys(tag.attributes);
    judge('many attributes', attributes.length > LIMITS.xmlAttributes);
    judge('a long name', [tag.name, ...attributes].some(isLong));
    depth += 1;
    judge('depth', depth > LIMITS.xmlDepth);
    tree.open(tag);
    judge('many elements', tree.elements > LIMITS.xmlElements);
  });
  parser.on('text', (text) => tree.text(text));
  parser.on('cdata', (text) => tree.text(text));
  parser.on('closetag', () => {
    depth -= 1;
    tree.close();
  });
  return { parser, verdict: () => broken };
}
