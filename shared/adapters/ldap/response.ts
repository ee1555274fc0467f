import { contentOf, elementsIn, MOST_ELEMENTS, NotLdap, numberOf, type Element } from './ber.ts';

/** One attribute of an entry; its name in lower case, with its options, as `usercertificate;binary`. */
export interface Attribute {
  readonly name: string;
  readonly values: readonly Buffer[];
}

/** What a server says in answer to a search. */
export type Response = { readonly id: number } & (
  | { readonly kind: 'entry'; readonly attributes: readonly Attribute[] }
  /** Where more may be found; never followed. */
  | { readonly kind: 'reference' }
  | { readonly kind: 'done'; readonly code: number }
  /** Of its own accord: it is about to hang up (section 4.4.1). */
  | { readonly kind: 'notice'; readonly code: number }
);

const TAG = { integer: 0x02, octets: 0x04, enumerated: 0x0a, sequence: 0x30, set: 0x31 };
const ENTRY = 0x64;
const DONE = 0x65;
const REFERENCE = 0x73;
const NOTICE = 0x78;
const NOTHING = Buffer.alloc(0);

/**
 * Reads one LDAPMessage. Controls behind it and the text for people are passed over.
 *
 * The reader of the library is not used: a length that lies makes it loop for ever, which no deadline ends.
 *
 * @see RFC 4511 sections 4.1.1 and 4.5.2
 * @throws NotLdap when it is none, or answers no search
 */
export function readResponse(message: Buffer): Response {
  const [whole] = elementsIn(message);
  const [idElement, operation] = elementsIn(contentOf(whole, TAG.sequence));
  const id = numberOf(idElement, TAG.integer);
  const { tag, content } = operation ?? { tag: undefined, content: NOTHING };
  if (tag === ENTRY) return { id, kind: 'entry', attributes: readEntry(content) };
  if (tag === REFERENCE) return { id, kind: 'reference' };
  if (tag !== DONE && tag !== NOTICE) throw new NotLdap('operation');
  const code = numberOf(elementsIn(content)[0], TAG.enumerated);
  return { id, kind: tag === DONE ? 'done' : 'notice', code };
}

function readEntry(content: Buffer): Attribute[] {
  const [name, attributes] = elementsIn(content);
  contentOf(name, TAG.octets);
  let valuesLeft = MOST_ELEMENTS;
  return elementsIn(contentOf(attributes, TAG.sequence)).map((each) => {
    const attribute = readAttribute(each, valuesLeft);
    valuesLeft -= attribute.values.length;
    return attribute;
  });
}

function readAttribute(attribute: Element, mostValues: number): Attribute {
  const [name, values] = elementsIn(contentOf(attribute, TAG.sequence));
  return {
    name: contentOf(name, TAG.octets).toString('latin1').toLowerCase(),
    values: elementsIn(contentOf(values, TAG.set), mostValues).map((value) =>
      contentOf(value, TAG.octets),
    ),
  };
}
