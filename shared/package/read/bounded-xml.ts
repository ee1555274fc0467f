import { SaxesParser } from 'saxes';
import { done, fail, type Outcome } from '../../outcome.ts';
import { decoded } from '../../record/decode.ts';
import { PARSING } from '../../record/parsing.ts';
import { growTree, type Growth, type XmlElement } from '../../record/xml-tree.ts';
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
export function readXml(bytes: Uint8Array, { namespaces, doctype }: XmlRules): Outcome<XmlElement> {
  const tree = growTree(...namespaces);
  const broken = grow(tree, bytes, { doctype, maxBytes: LIMITS.xmlBytes });
  return broken === undefined ? done(tree.root) : fail('package/bad-metadata', broken);
}

/**
 * Grows a tree of any kind out of XML, within the same bounds.
 *
 * @returns why it cannot be read; undefined when it was
 */
export function grow(
  tree: Growth,
  bytes: Uint8Array,
  { doctype, maxBytes }: Pick<XmlRules, 'doctype'> & { readonly maxBytes: number },
): string | undefined {
  if (bytes.length > maxBytes) return `${bytes.length} bytes`;
  const parser = boundedParser(tree, doctype);
  try {
    for (const chunk of decoded(bytes)) {
      if (!chunk.ok) return 'its encoding';
      parser.write(chunk.value);
    }
    parser.close();
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error.message;
    throw error;
  }
}

/** Thrown out of the parser, which else would tell each of a million faults that one tag can have. */
class Broken extends Error {}

function judge(why: string, isBroken: boolean): void {
  if (isBroken) throw new Broken(why);
}

const isLong = (name: string): boolean => name.length > LIMITS.xmlNameLength;

function boundedParser(tree: Growth, doctype: XmlRules['doctype']) {
  const parser = new SaxesParser(PARSING);
  let depth = 0;
  let hasDoctype = false;
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
  return parser;
}
