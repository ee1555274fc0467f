import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { withPages } from '../../../shared/package/rendering/document-files.ts';
import { all, type XmlElement } from '../../../shared/record/xml-tree.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { describeWith, SHARED } from '../../support/needs.ts';
import { addressesIn, elements, strangers, wordsOf, xmllint } from '../pages/xhtml-basic.ts';
import { packageAndRead, parseXml, textOf } from '../read-package.ts';
import { inputOf } from '../sample-input.ts';
import { pageOf, pageOfDocument, section, withBody } from './narrative-page.ts';

const OWN_LINKS = ['DOC00001.XML', '../../INDEX.HTM'];

describe('a page for reading', () => {
  test('is there only where a setting says so', () => {
    const input = inputOf(sampleCcda());
    expect(packageAndRead(input).files).not.toHaveProperty(['IHE_XDM/SUBSET01/DOC00001.HTM']);
  });

  test('lies beside its document, linked from INDEX.HTM and unknown to METADATA.XML', () => {
    const input = { ...inputOf(sampleCcda(), sampleCcda()), makePages: withPages };
    const { files, metadata, entries } = packageAndRead(input);
    expect(Object.keys(files).slice(-4)).toEqual([
      'IHE_XDM/SUBSET01/DOC00001.XML',
      'IHE_XDM/SUBSET01/DOC00001.HTM',
      'IHE_XDM/SUBSET01/DOC00002.XML',
      'IHE_XDM/SUBSET01/DOC00002.HTM',
    ]);
    expect(metadata).not.toContain('.HTM');
    expect(entries).toHaveLength(2);
    const links = addressesIn(textOf(files['INDEX.HTM']));
    expect(links.slice(0, 2)).toEqual([
      'IHE_XDM/SUBSET01/DOC00001.HTM',
      'IHE_XDM/SUBSET01/DOC00001.XML',
    ]);
  });

  test('says what document it is, whose, and that only the document counts', () => {
    expect(wordsOf(pageOf('All well.'))).toBe(
      [
        'Summary of care Patient Ana Lucia Rivera Date of birth March 9, 1984',
        'Kind Summary of care Date March 2, 2026 Written by Lee Morgan PharmD From Green Street Pharmacy',
        'This page was made from the document to make it easy to read. Only the document itself counts.',
        'File for computers All documents Section All well.',
      ].join(' '),
    );
  });

  test('says so in the language of the request; the document keeps its own', () => {
    const page = pageOf('All well. <content revised="delete">No</content>', 'es');
    expect(page).toContain('xml:lang="es"');
    expect(wordsOf(page)).toContain('Solo vale el documento mismo.');
    expect(wordsOf(page)).toContain('All well. [tachado: No]');
  });

  test('has the sections in their order, those inside others one level down', () => {
    const inner = `<component><section><title>Inner</title><text>i</text>${'<component><section><title>Deeper</title><text>d</text></section></component>'.repeat(2)}</section></component>`;
    const page = pageOfDocument(
      withBody(
        `<component><section><title>Outer</title>${inner}</section></component>${section('l', 'Last')}`,
      ),
    );
    const headings = [...(page ?? '').matchAll(/<(h[2-6])>([^<]*)/g)].map(
      ([, tag, text]) => `${tag} ${text}`,
    );
    expect(headings).toEqual(['h2 Outer', 'h3 Inner', 'h4 Deeper', 'h4 Deeper', 'h2 Last']);
    expect(wordsOf(page ?? '')).not.toContain('no text');
  });

  test('goes no lower than the sixth level', () => {
    const nested = (depth: number): string =>
      `<component><section><title>S${depth}</title><text>x</text>${depth < 9 ? nested(depth + 1) : ''}</section></component>`;
    const page = pageOfDocument(withBody(nested(1))) ?? '';
    expect(elements(page, 'h6')).toHaveLength(5);
    expect(strangers(page)).toEqual([]);
  });

  test.each([
    ['a section of which there is only a title', '<title>Empty</title>'],
    ['a narrative without text', '<title>Empty</title><text><paragraph> </paragraph></text>'],
  ])('says where nothing is said: %s', (_what, inside) => {
    const page = pageOfDocument(withBody(`<component><section>${inside}</section></component>`));
    expect(wordsOf(page ?? '')).toMatch(/Empty This part has no text\.$/);
  });

  test('passes over what entries say: for people, the narrative says it all', () => {
    const entry =
      '<entry><observation><text>HIDDEN</text><title>HIDDEN</title></observation></entry>';
    const body = `<component><section><title>T</title><text>Seen</text>${entry}</section></component>`;
    expect(pageOfDocument(withBody(body))).not.toContain('HIDDEN');
  });

  test('is not made of a document without a structured body', () => {
    const bytes = Buffer.from(
      sampleCcda()
        .toString()
        .replace(
          /<structuredBody>[^]*<\/structuredBody>/,
          '<nonXMLBody><text>x</text></nonXMLBody>',
        ),
    );
    expect(pageOfDocument(bytes)).toBeUndefined();
  });

  test.each(['latin1', 'utf16le'] as const)('can be read from a document in %s', (encoding) => {
    const name = encoding === 'latin1' ? 'iso-8859-1' : 'utf-16';
    const text = Buffer.from(withBody(section('Señal ±')))
      .toString()
      .replace('encoding="UTF-8"', `encoding="${name}"`);
    const bytes = Buffer.from(encoding === 'utf16le' ? `\ufeff${text}` : text, encoding);
    expect(pageOfDocument(bytes)).toContain('Señal ±');
  });
});

describeWith(['shared', 'xmllint'], 'real documents', () => {
  const folder = resolve(SHARED, 'vectors/ccda');
  const structured = readFileSync(resolve(folder, 'EXPECTED.tsv'), 'utf8')
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '')
    .filter((name) => name.endsWith('.xml') && !name.startsWith('bad_'))
    .filter((name) => readFileSync(resolve(folder, name)).includes('<structuredBody'));

  test.each(structured)('%s: a page of XHTML Basic with every word of its narrative', (name) => {
    const bytes = readFileSync(resolve(folder, name));
    const page = pageOfDocument(bytes) ?? '';
    expect(strangers(page)).toEqual([]);
    expect(addressesIn(page)).toEqual(OWN_LINKS);
    expect(xmllint(page)).toBe('');
    const shown = new Set(wordsOf(page).split(' '));
    const words = narrativeWords(bytes);
    expect(words.length).toBeGreaterThan(0);
    expect(words.filter((word) => !shown.has(word))).toEqual([]);
    expect(page.length).toBeLessThan(3 * bytes.length + 65_536);
  });
});

/** By a reader of another make: the texts of all narrative blocks, cut into words where tags and blanks are. */
function narrativeWords(bytes: Uint8Array): readonly string[] {
  const tree = parseXml(
    Buffer.from(bytes)
      .toString()
      .replace(/^\ufeff/, ''),
    'urn:hl7-org:v3',
  );
  const bodies = all(tree, 'ClinicalDocument', 'component', 'structuredBody');
  const sections = bodies.flatMap((body) => sectionsIn(body));
  return sections.flatMap((each) => all(each, 'text')).flatMap(wordsIn);
}

const sectionsIn = (around: XmlElement): readonly XmlElement[] =>
  all(around, 'component', 'section').flatMap((each) => [each, ...sectionsIn(each)]);

/** An element in one piece with its neighbours has no words of its own: only elements without children are asked. */
const wordsIn = (element: XmlElement): readonly string[] =>
  element.children.length === 0
    ? element.text
        .split(/[\s\u200b]+/)
        .filter((word) => word !== '')
        .slice(1, -1)
    : element.children.flatMap(wordsIn);
