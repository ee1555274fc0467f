import { SaxesParser } from 'saxes';
import { done, fail, type Outcome } from '../../outcome.ts';
import { decoded } from '../../record/decode.ts';
import { PARSING } from '../../record/parsing.ts';
import { growTree, type Growth, type XmlElement } from '../../record/xml-tree.ts';
import { LIMITS } from './limits.ts';

export interface XmlRules {
  readonly namespaces: readonly string[];
  /** A page may have one, and then entities that it does not define; its CDATA is passed over. Metadata may not. */
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
    // Its own errors are plain ones; any other is a bug of ours.
    if (error instanceof Error && error.name === 'Error') return 'not well-formed';
    throw error;
  }
}

/** Thrown out of the parser, which else would read on to the end of a tag, however long. */
class Broken extends Error {
  override readonly name = 'Broken';
}

function judge(why: string, isBroken: boolean): void {
  if (isBroken) throw new Broken(why);
}

const isLong = ({ name }: { readonly name: string }): boolean => name.length > LIMITS.xmlNameLength;

function boundedParser(tree: Growth, doctype: XmlRules['doctype']) {
  const parser = new SaxesParser(PARSING);
  let depth = 0;
  let attributes = 0;
  parser.on('doctype', () => {
    judge('a DOCTYPE', doctype === 'refused');
    // Without this handler errors are thrown.
    parser.on('error', ({ message }) =>
      judge('not well-formed', !message.includes('undefined entity')),
    );
  });
  // Not once the tag is whole: putting its attributes together costs much more than reading them.
  parser.on('attribute', (attribute) => {
    attributes += 1;
    judge('many attributes', attributes > LIMITS.xmlAttributes);
    judge('a long name', isLong(attribute));
  });
  parser.on('opentag', (tag) => {
    attributes = 0;
    judge('a long name', isLong(tag));
    depth += 1;
    judge('depth', depth > LIMITS.xmlDepth);
    tree.open(tag);
    judge('many elements', tree.elements > LIMITS.xmlElements);
  });
  parser.on('text', (text) => tree.text(text));
  // Else it would be one too many: see PARSING. Of a page only the form matters.
  if (doctype === 'refused') parser.on('cdata', (text) => tree.text(text));
  parser.on('closetag', () => {
    depth -= 1;
    tree.close();
  });
  return parser;
}
