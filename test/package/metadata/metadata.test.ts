import { expect, test } from '@jest/globals';
import { documentMetadata } from '../../../shared/package/metadata/document-metadata.ts';
import { LCM, RIM } from '../../../shared/package/metadata/ebrim.ts';
import { metadataXml, registryObjects } from '../../../shared/package/metadata/metadata.ts';
import { packagedDocuments } from '../../../shared/package/documents.ts';
import { prepareDocument } from '../../../shared/package/prepared.ts';
import { first, type XmlElement } from '../../../shared/record/xml-tree.ts';
import { valueOf } from '../../secure/support/people.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { parseXml } from '../read-package.ts';
import { inputOf } from '../sample-input.ts';

const TRICKY = '<a b="c">"d" & \'e\'</a> \u{1f9ea} \u00e9 ]]>';

/** Without the blanks between elements, which mean nothing, and the declarations, which no reader gives as attributes. */
const plain = ({ name, attributes, children, text }: XmlElement): unknown => ({
  name,
  attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== 'xmlns')),
  children: children.map(plain),
  text: children.length > 0 ? '' : text,
});

test('another reader of XML finds in METADATA.XML the objects that were written, whatever their values', () => {
  const input = inputOf(sampleCcda(), sampleCcda({ title: TRICKY, family: TRICKY }));
  const prepared = input.documents.map((document) => valueOf(prepareDocument(document)));
  const { documents } = valueOf(packagedDocuments(prepared, input));
  const submission = { ...input, patientId: undefined, confidentiality: 'R' } as const;
  const objects = registryObjects(
    documents.map((document) => documentMetadata(document, undefined, 'xdm')),
    submission,
  );
  const metadata = metadataXml(objects);
  const read = first(parseXml(metadata, LCM, RIM), 'SubmitObjectsRequest', 'RegistryObjectList');

  expect(read && plain(read)).toEqual(plain(objects));
  expect(metadata).toContain('&lt;a b=&quot;c&quot;&gt;');
});
