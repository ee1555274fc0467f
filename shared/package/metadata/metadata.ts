import type { XmlElement } from '../../record/xml-tree.ts';
import { escapeXml } from '../xml.ts';
import type { DocumentMetadata } from './document-metadata.ts';
import { documentEntry } from './document-entry.ts';
import { element, LCM, RIM } from './ebrim.ts';
import { hasMember, submissionSet, type Submission } from './submission-set.ts';

const SET = 'SubmissionSet01';

/** The RegistryObjectList: the documents in the order of their files, the submission set, and what ties them together. */
export function registryObjects(
  documents: readonly DocumentMetadata[],
  submission: Submission,
): XmlElement {
  const ids = documents.map((_, index) => `Document${String(index + 1).padStart(2, '0')}`);
  return element(
    'RegistryObjectList',
    { xmlns: RIM },
    documents.map((document, index) => documentEntry(ids[index] ?? '', document)),
    submissionSet(SET, submission),
    ids.map((id) => hasMember(SET, id)),
  );
}

/** Every name in it is one of ours, or one that a schema knows; every value is escaped here and nowhere else. */
export const submitObjectsRequest = (objects: XmlElement): string =>
  written(element('SubmitObjectsRequest', { xmlns: LCM }, [objects]));

/** METADATA.XML. */
export const metadataXml = (objects: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${submitObjectsRequest(objects)}`;

/** A value stands on one line with its slot or name, so that the file can be read by people too. */
const WITHIN_A_LINE = new Set(['ValueList', 'Value', 'LocalizedString']);
const ONE_LINE = new Set([...WITHIN_A_LINE, 'Slot', 'Name', 'Description']);

function written({ name, attributes, children, text }: XmlElement): string {
  let xml = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) xml += ` ${key}="${escapeXml(value)}"`;
  if (children.length === 0 && text === '') xml += '/>';
  else {
    xml += ONE_LINE.has(name) ? '>' : '>\n';
    xml += escapeXml(text);
    for (const child of children) xml += written(child);
    xml += `</${name}>`;
  }
  return WITHIN_A_LINE.has(name) ? xml : `${xml}\n`;
}
