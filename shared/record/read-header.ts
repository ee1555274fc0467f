import { done, fail, type Outcome } from '../outcome.ts';
import {
  bodyKindOf,
  HL7,
  MAX_DEPTH,
  MAX_HEADER_BYTES,
  MAX_HEADER_ELEMENTS,
} from './clinical-document.ts';
import { CHUNK_BYTES, decoded } from './decode.ts';
import { ASKED_FOR, headerOf } from './header-fields.ts';
import type { DocumentHeader } from './header.ts';
import type { XmlElement } from './xml-tree.ts';
import { attributesIn, declaredIn, readPiece, type StartTag } from './markup.ts';

/** Namespaces by prefix, the default one under the empty prefix: what an element declares, then what holds around it. */
interface Scope {
  readonly declared: Readonly<Record<string, string>>;
  readonly around: Scope | undefined;
}

/** Where the scan has come to. The place of an element that is left out, with all that is in it, is empty. */
interface Scan {
  readonly root: XmlElement;
  readonly open: (XmlElement | undefined)[];
  readonly scopes: (Scope | undefined)[];
  elements: number;
  inComponent: boolean;
  body: DocumentHeader['body'];
}

/**
 * Reads the header of a document that was found good when it arrived. What is known to be well-formed can be read piece
 * by piece, in a third of the time of a parser that has to find that out; the body is not touched, so the cost does not
 * grow with the document. Of bytes that were never checked it makes something or nothing, within the same bounds.
 *
 * @failure record/bad-encoding, record/not-well-formed, record/not-clinical-document, record/header-too-large,
 *   record/too-deep
 */
export function readHeader(bytes: Uint8Array): Outcome<DocumentHeader> {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const scan: Scan = {
    root,
    open: [root],
    scopes: [undefined],
    elements: 0,
    inComponent: false,
    body: 'none',
  };
  let text = '';
  let at = 0;
  let consumedBytes = 0;
  for (const chunk of decoded(bytes)) {
    if (!chunk.ok) return chunk;
    text = text.slice(at) + chunk.value;
    at = 0;
    for (let piece = readPiece(text, at); piece; piece = readPiece(text, at)) {
      at = piece.end;
      if (piece.kind === 'text') heard(scan, piece.text);
      else if (piece.kind === 'end') closed(scan);
      else if (piece.kind === 'start') opened(scan, piece);
      if (scan.body !== 'none') return found(scan);
      if (scan.open.length > MAX_DEPTH + 1) return fail('record/too-deep');
      if (scan.elements > MAX_HEADER_ELEMENTS) return fail('record/header-too-large');
    }
    consumedBytes += CHUNK_BYTES;
    if (consumedBytes >= MAX_HEADER_BYTES) return fail('record/header-too-large');
  }
  const isWhole = scan.elements > 0 && scan.open.length === 1;
  return isWhole ? found(scan) : fail('record/not-well-formed');
}

function found({ root, body }: Scan): Outcome<DocumentHeader> {
  const isDocument = root.children[0]?.name === 'ClinicalDocument';
  return isDocument ? done(headerOf(root, body)) : fail('record/not-clinical-document');
}

function heard({ open }: Scan, text: string): void {
  const element = open.at(-1);
  if (element) element.text += text;
}

function closed({ open, scopes }: Scan): void {
  open.pop();
  scopes.pop();
}

function opened(scan: Scan, { name, pairs, isEmpty }: StartTag): void {
  const { open, scopes } = scan;
  const around = scopes.at(-1);
  const scope = pairs.includes('xmlns') ? { declared: declaredIn(pairs), around } : around;
  const colon = name.indexOf(':');
  const isOurs = namespaceOf(name.slice(0, Math.max(0, colon)), scope) === HL7;
  const local = name.slice(colon + 1);
  scan.elements += 1;
  const depth = open.length;
  if (depth === 2) scan.inComponent = isOurs && local === 'component';
  if (depth === 3 && scan.inComponent && isOurs) scan.body = bodyKindOf(local);
  const parent = open.at(-1);
  const isWanted = isOurs && parent !== undefined && (depth !== 2 || ASKED_FOR.has(local));
  const element = isWanted
    ? { name: local, attributes: attributesIn(pairs), children: [], text: '' }
    : undefined;
  if (element) parent?.children.push(element);
  if (isEmpty) return;
  open.push(element);
  scopes.push(scope);
}

/** Found by going outwards: a copy of all that holds, for each element that declares something, could take minutes. */
function namespaceOf(prefix: string, scope: Scope | undefined): string | undefined {
  for (let each = scope; each; each = each.around) {
    if (Object.hasOwn(each.declared, prefix)) return each.declared[prefix];
  }
  return undefined;
}
