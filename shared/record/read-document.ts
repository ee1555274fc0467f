import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { FailureCode } from '../failures.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import {
  bodyKindOf,
  HL7,
  MAX_DEPTH,
  MAX_HEADER_BYTES,
  MAX_HEADER_ELEMENTS,
} from './clinical-document.ts';
import { CHUNK_BYTES, decoded } from './decode.ts';
import { headerOf } from './header-fields.ts';
import type { DocumentHeader } from './header.ts';
import { PARSING } from './parsing.ts';
import { growTree, type Tree } from './xml-tree.ts';

// Real documents: a dozen attributes, names of 40 characters, 85 000 elements in 6.5 MB.
const MAX_ATTRIBUTES = 128;
const MAX_NAME = 256;
const MAX_ELEMENTS = 1_000_000;

/** Looks on while the body goes by, and has no say in whether the document is good. */
export interface BodyWatch {
  /** A structured body's own tag went by. `listen` asks for text from here on: handing it over costs time, so not for long. */
  begins(listen: (heard: Heard | undefined) => void): void;
  opened(tag: SaxesTagNS): void;
  closed(): void;
}

type Heard = (text: string) => void;

interface Reading {
  readonly parser: SaxesParser<typeof PARSING>;
  readonly tree: Tree;
  readonly watch: BodyWatch | undefined;
  body: DocumentHeader['body'];
  inComponent: boolean;
  /** The body has begun: what comes now is no header. */
  headerRead: boolean;
  verdict: FailureCode | undefined;
  depth: number;
  elements: number;
  attributes: number;
}

/**
 * Reads a ClinicalDocument once, from the front to the end, with bounds on everything that can grow: the full check.
 * Its header alone, once it has passed, is read by `readHeader`.
 *
 * @failure record/bad-encoding, record/not-well-formed, record/doctype, record/too-deep, record/too-complex,
 *   record/header-too-large, record/not-clinical-document
 */
export function readDocument(bytes: Uint8Array, watch?: BodyWatch): Outcome<DocumentHeader> {
  const reading = startReading(watch);
  let consumed = 0;
  for (const chunk of decoded(bytes)) {
    if (!chunk.ok) return chunk;
    parse(reading, chunk.value);
    consumed += CHUNK_BYTES;
    if (!reading.headerRead && consumed >= MAX_HEADER_BYTES)
      judge(reading, 'record/header-too-large');
    if (reading.verdict) return fail(reading.verdict);
  }
  parse(reading, undefined);
  return reading.verdict ? fail(reading.verdict) : done(headerOf(reading.tree.root, reading.body));
}

/** Parses one chunk, or what is held at the end. */
function parse(reading: Reading, chunk: string | undefined): void {
  try {
    if (chunk === undefined) reading.parser.close();
    else reading.parser.write(chunk);
  } catch (error) {
    // Its own errors are plain ones; any other is a bug of ours.
    if (!(error instanceof Error) || error.name !== 'Error') throw error;
    const isDoctype = error.message.includes('doctype');
    judge(reading, isDoctype ? 'record/doctype' : 'record/not-well-formed');
  }
}

/** The first thing found wrong decides. */
function judge(reading: Reading, code: FailureCode): void {
  reading.verdict ??= code;
}

function startReading(watch: BodyWatch | undefined): Reading {
  const parser = new SaxesParser(PARSING);
  const reading: Reading = {
    parser,
    tree: growTree(HL7),
    watch,
    body: 'none',
    inComponent: false,
    headerRead: false,
    verdict: undefined,
    depth: 0,
    elements: 0,
    attributes: 0,
  };
  // To be content with six handlers, errors are thrown, and the name of a tag is judged when the tag is whole.
  parser.on('doctype', () => judge(reading, 'record/doctype'));
  parser.on('attribute', ({ name }) => {
    reading.attributes += 1;
    const tooMuch = reading.attributes > MAX_ATTRIBUTES || name.length > MAX_NAME;
    if (tooMuch) judge(reading, 'record/too-complex');
  });
  parser.on('opentag', (tag) => opened(reading, tag));
  parser.on('closetag', () => closed(reading));
  hear(parser, (text) => reading.tree.text(text));
  return reading;
}

function opened(reading: Reading, tag: SaxesTagNS): void {
  reading.depth += 1;
  reading.elements += 1;
  reading.attributes = 0;
  if (tag.name.length > MAX_NAME) judge(reading, 'record/too-complex');
  const { depth, tree } = reading;
  if (depth > MAX_DEPTH) judge(reading, 'record/too-deep');
  if (reading.elements > MAX_ELEMENTS) judge(reading, 'record/too-complex');
  if (depth === 1 && (tag.uri !== HL7 || tag.local !== 'ClinicalDocument')) {
    judge(reading, 'record/not-clinical-document');
  }
  if (reading.headerRead) return reading.watch?.opened(tag);
  if (depth === 2) reading.inComponent = tag.uri === HL7 && tag.local === 'component';
  const isBody = depth === 3 && reading.inComponent && tag.uri === HL7;
  const body = isBody ? bodyKindOf(tag.local) : 'none';
  if (body !== 'none') return bodyBegins(reading, body);
  tree.open(tag);
  if (tree.elements > MAX_HEADER_ELEMENTS) judge(reading, 'record/header-too-large');
}

function bodyBegins(reading: Reading, body: DocumentHeader['body']): void {
  reading.body = body;
  reading.headerRead = true;
  const { parser, watch } = reading;
  hear(parser, undefined);
  if (body === 'structured') watch?.begins((heard) => hear(parser, heard));
}

function closed(reading: Reading): void {
  reading.depth -= 1;
  if (reading.headerRead) reading.watch?.closed();
  else reading.tree.close();
}

function hear(parser: Reading['parser'], heard: Heard | undefined): void {
  if (heard) {
    parser.on('text', heard);
    parser.on('cdata', heard);
  } else {
    parser.off('text');
    parser.off('cdata');
  }
}
