import { SaxesParser } from 'saxes';
import { unzipSync } from 'fflate';
import { packageRecord, type PackageInput } from '../../shared/package/package-record.ts';
import { all, first, growTree, type XmlElement } from '../../shared/record/xml-tree.ts';

const RIM = 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0';
const LCM = 'urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0';

/** Parses strictly: whatever is not well-formed throws. */
export function parseXml(text: string, ...namespaces: readonly string[]): XmlElement {
  const tree = growTree(...namespaces);
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => tree.open(tag));
  parser.on('text', (each) => tree.text(each));
  parser.on('closetag', () => tree.close());
  parser.write(text).close();
  return tree.root;
}

/** A registry object as a recipient looks at it. */
export interface ReadObject {
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly title: string | undefined;
  readonly comments: string | undefined;
  /** `code system display` by the last part of the classification's id. */
  readonly codes: Readonly<Record<string, string>>;
  readonly authors: readonly Readonly<Record<string, readonly string[]>>[];
  /** By the fixed name, as `XDSDocumentEntry.uniqueId`. */
  readonly identifiers: Readonly<Record<string, string>>;
}

export interface ReadPackage {
  readonly zip: Uint8Array;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly metadata: string;
  readonly entries: readonly ReadObject[];
  readonly set: ReadObject;
}

/** Packages, unzips with somebody else's reader, and reads the metadata. */
export function packageAndRead(input: PackageInput): ReadPackage {
  const bundle = packageRecord(input);
  if (!bundle.ok) throw new Error(`${bundle.failure.code} ${bundle.failure.detail ?? ''}`);
  const files = unzipSync(bundle.value.zip);
  const metadata = textOf(files['IHE_XDM/SUBSET01/METADATA.XML']);
  const list = first(parseXml(metadata, LCM, RIM), 'SubmitObjectsRequest', 'RegistryObjectList');
  const set = first(list, 'RegistryPackage');
  if (!set) throw new Error('no submission set');
  const entries = all(list, 'ExtrinsicObject').map(readObject);
  return { zip: bundle.value.zip, files, metadata, entries, set: readObject(set) };
}

/** The one entry of a package of one document. */
export function entryOf(input: PackageInput): ReadObject {
  const [entry] = packageAndRead(input).entries;
  if (!entry) throw new Error('no entry');
  return entry;
}

export const textOf = (bytes: Uint8Array | undefined): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(bytes);

function readObject(object: XmlElement): ReadObject {
  const classifications = all(object, 'Classification');
  return {
    slots: slotsOf(object),
    title: nameOf(object),
    comments: first(object, 'Description', 'LocalizedString')?.attributes['value'],
    codes: Object.fromEntries(
      classifications
        .filter((each) => !isAuthor(each))
        .map((each) => [
          each.attributes['id']?.split('.')[1] ?? '',
          `${each.attributes['nodeRepresentation']} ${slotsOf(each)['codingScheme']?.[0]} ${nameOf(each)}`,
        ]),
    ),
    authors: classifications.filter(isAuthor).map(slotsOf),
    identifiers: Object.fromEntries(
      all(object, 'ExternalIdentifier').map((each) => [nameOf(each), each.attributes['value']]),
    ) as Record<string, string>,
  };
}

const isAuthor = ({ attributes }: XmlElement): boolean => attributes['nodeRepresentation'] === '';

const nameOf = (object: XmlElement): string | undefined =>
  first(object, 'Name', 'LocalizedString')?.attributes['value'];

const slotsOf = (object: XmlElement): Record<string, readonly string[]> =>
  Object.fromEntries(
    all(object, 'Slot').map((slot) => [
      slot.attributes['name'] ?? '',
      all(slot, 'ValueList', 'Value').map(({ text }) => text),
    ]),
  );
