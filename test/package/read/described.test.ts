import { describe, expect, test } from '@jest/globals';
import {
  DOCUMENT,
  goodFiles,
  METADATA,
  problemsOf,
  readFiles,
  renamed,
  withMetadata,
} from './packages.ts';

describe('a document', () => {
  const files = goodFiles();

  test.each([
    ['by its URI with an escape', 'DOC%300001.XML', []],
    ['by a URI that goes up and down', '../SUBSET01/DOC00001.XML', []],
    ['by a URI in the other case', 'doc00001.xml', []],
    ['by its hash, when the URI names another', 'LOST.XML', [`found-by-hash ${DOCUMENT}`]],
    [
      'by its hash, when the URI leads out',
      '../../../IHE_XDM/SUBSET01/DOC00001.XML',
      [`found-by-hash ${DOCUMENT}`],
    ],
    ['by its hash, when the URI is broken', '%E0%A4%A.XML', [`found-by-hash ${DOCUMENT}`]],
  ])('is found %s', (_, to, problems) => {
    const altered = withMetadata(files, (text) => text.replace('>DOC00001.XML<', `>${to}<`));
    expect(readFiles(altered).documents[0]?.name).toBe(DOCUMENT);
    expect(problemsOf(altered)).toEqual(problems);
  });

  test('of two that differ in case the one that is named so', () => {
    const small = { name: DOCUMENT.replace('DOC0', 'doc0'), bytes: Buffer.from('another') };
    expect(readFiles([...files, small]).documents[0]?.name).toBe(DOCUMENT);
    expect(readFiles([small, ...files]).documents[0]?.name).toBe(DOCUMENT);
  });

  test('that is not there is said to be missing', () => {
    const gone = renamed(files, (name) => (name === DOCUMENT ? undefined : name));
    expect(readFiles(gone).documents).toEqual([]);
    expect(problemsOf(gone)).toEqual([`not-found ${METADATA}, document 1`]);
  });

  test('with other bytes comes out with that verdict', () => {
    const altered = files.map(({ name, bytes }) => ({
      name,
      bytes: name === DOCUMENT ? Buffer.concat([bytes, Buffer.from(' ')]) : bytes,
    }));
    expect(readFiles(altered).documents[0]).toMatchObject({ hash: 'differs', size: 'differs' });
    expect(problemsOf(altered)).toEqual([`hash-differs ${DOCUMENT}`, `size-differs ${DOCUMENT}`]);
  });

  test('whose hash is in capitals is the same', () => {
    const loud = withMetadata(files, (text) =>
      text.replace(/[0-9a-f]{40}/, (hash) => hash.toUpperCase()),
    );
    expect(problemsOf(loud)).toEqual([]);
  });

  test.each([
    ['no-hash', /<Slot name="hash">.*?<\/Slot>/, ''],
    ['no-size', /<Slot name="size">.*?<\/Slot>/, ''],
    ['mime-type', 'mimeType="text/xml"', 'mimeType="text xml"'],
    ['unique-id', '2.16.840.1.113883.19.5.77.1^CCD-0001', 'CCD-0001'],
    ['not-in-set', 'AssociationType:HasMember', 'AssociationType:RPLC'],
  ])('%s: what the metadata does not say well', (code, from, to) => {
    expect(problemsOf(withMetadata(files, (text) => text.replace(from, to)))).toEqual([
      `${code} ${DOCUMENT}`,
    ]);
  });

  test.each([
    ['object-without-id', / id="[^"]*\.marker"/, ''],
    ['id-twice', /id="[^"]*\.author1"/, (id: string) => id.replace('author1', 'typeCode')],
    ['value-too-long', '||^^Internet^', `${'x'.repeat(256)}||^^Internet^`],
    ['set-unmarked', 'a54d6aa5', 'a54d6aa6'],
    ['set-unique-id', /"2\.25\.\d+"/, '"TODO"'],
    ['set-source-id', '"2.16.840.1.113883.19.5.77"', '"3670984664"'],
    ['set-time', '20260303101112', 'yesterday'],
  ])('%s: what is wrong with the metadata around it', (code, from, to) => {
    const altered = withMetadata(files, (text) => text.replace(from, to as string));
    expect(problemsOf(altered)).toEqual([`${code} ${METADATA}`]);
  });

  test('of several confidentiality codes the strictest is told', () => {
    const strict = withMetadata(files, (text) =>
      text.replace(/<Classification id="[^"]*confidentialityCode"[^]*?<\/Classification>/, (code) =>
        ['N', 'R', 'N'].map((each) => code.replace('"N"', `"${each}"`)).join('\n'),
      ),
    );
    expect(readFiles(strict).documents[0]?.described.confidentialityCode?.code).toBe('R');
  });

  test('metadata without a set or a document is a problem, not the end', () => {
    const bare = withMetadata(files, (text) =>
      text.replace(/<ExtrinsicObject[^]*<\/RegistryPackage>/, ''),
    );
    expect(problemsOf(bare)).toEqual([`no-submission-set ${METADATA}`, `no-documents ${METADATA}`]);
  });
});
