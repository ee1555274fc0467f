import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkClinicalDocument } from '../../../shared/record/intake.ts';
import { sampleCcdaText } from '../../support/ccda.ts';
import { inventedSections } from './invented-sections.ts';

/** What documents are put together from. */
export interface Building {
  /** Where it comes from, in words for the page. */
  readonly source: string;
  /** All of a document up to the start tag of its `component` with the body. */
  readonly header: string;
  /** Whole `component` elements of a `structuredBody`. */
  readonly sections: readonly string[];
}

/** Beside the checkout, where the foreign test data lies. */
const REAL = resolve(import.meta.dirname, '../../../../shared/vectors/ccda');
/** The document that lends its header, a published example of HL7: 11 kB, near the median of 10.5 kB in 2,124 real ones. */
const HEADER_OF = 'hl7ex_History_and_Physical.xml';

/** Sections of real documents where they are at hand, which are never part of the project; else invented ones. */
export const building = (): Building => (existsSync(join(REAL, HEADER_OF)) ? real() : invented());

export function invented(): Building {
  const header = partsOf(sampleCcdaText())?.header ?? '';
  return {
    source: 'invented sections under the header of the sample document',
    header,
    sections: inventedSections(),
  };
}

function real(): Building {
  const documents = readdirSync(REAL)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => partsOf(readFileSync(join(REAL, name), 'utf8').replace(/^\uFEFF/, '')))
    .filter((parts) => parts !== undefined);
  const header = withPrefixes(partsOf(readFileSync(join(REAL, HEADER_OF), 'utf8'))?.header ?? '');
  const sections = alternating(
    documents.map((each) => each.sections.filter((section) => isSound(header, section))),
  );
  return {
    source: `${sections.length} sections of ${documents.length} real documents under the header of one`,
    header,
    sections,
  };
}

/** The prefixes that sections of the field use beside the default one. */
const withPrefixes = (header: string): string =>
  header.replace(/<ClinicalDocument[^>]*>/, (tag) =>
    ['xsi="http://www.w3.org/2001/XMLSchema-instance"', 'sdtc="urn:hl7-org:sdtc"'].reduce(
      (with_, prefix) =>
        with_.includes(`xmlns:${prefix}`) ? with_ : with_.replace('>', ` xmlns:${prefix}>`),
      tag,
    ),
  );

const isSound = (header: string, section: string): boolean =>
  checkClinicalDocument(Buffer.from(structured(header, [section]))).ok;

export const structured = (header: string, sections: readonly string[]): string =>
  `${header}<component><structuredBody>\n${sections.join('\n')}\n</structuredBody></component></ClinicalDocument>\n`;

interface Parts {
  readonly header: string;
  readonly sections: readonly string[];
}

/** Cuts a document with a structured body; nothing for others. */
export function partsOf(text: string): Parts | undefined {
  const [before, body] = text.split(/<component\b[^>]*>\s*<structuredBody\b[^>]*>/);
  if (before === undefined || body === undefined) return undefined;
  return {
    header: before,
    sections: outermostComponents(body.split('</structuredBody>')[0] ?? ''),
  };
}

function outermostComponents(body: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, index } of body.matchAll(/<component\b[^>]*>|<\/component>/g)) {
    if (tag.endsWith('/>')) continue;
    if (tag.startsWith('</')) {
      depth -= 1;
      if (depth === 0) found.push(body.slice(start, index + tag.length));
    } else {
      if (depth === 0) start = index;
      depth += 1;
    }
  }
  return found;
}

/** The first of each list, then the second of each, and so on: neighbours are of different vendors. */
function alternating(lists: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}
