import type { XmlElement } from '../../record/xml-tree.ts';
import type { Code } from '../derive/codes.ts';
import type { AuthorMetadata } from './author-metadata.ts';

/*
 * ebRIM as IHE uses it. The schema wants the children of every object in this order: Slot, Name, Description,
 * Classification, ExternalIdentifier; and an id on each of them. Ids are symbolic: the object's own, and the attribute's
 * behind a dot. What has no value has no element: each of these functions gives none or one.
 */

export const LCM = 'urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0';
export const RIM = 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0';

/** The objects that want an id. */
export const NEED_IDS: ReadonlySet<string> = new Set([
  'Association',
  'Classification',
  'ExternalIdentifier',
  'ExtrinsicObject',
  'RegistryPackage',
]);

export type Elements = readonly XmlElement[];

export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Elements[]
): XmlElement => ({ name, attributes, children: children.flat(), text: '' });

/** A slot without values is no slot. */
export function slot(name: string, ...values: readonly (string | undefined)[]): Elements {
  const said: XmlElement[] = [];
  for (const value of values) {
    if (value !== undefined)
      said.push({ name: 'Value', attributes: {}, children: [], text: value });
  }
  return said.length === 0 ? [] : [element('Slot', { name }, [element('ValueList', {}, said)])];
}

export const nameElement = (text: string): Elements => [element('Name', {}, localized(text))];

/** Comes after the name. */
export const descriptionElement = (text: string): Elements => [
  element('Description', {}, localized(text)),
];

const localized = (value: string): Elements => [element('LocalizedString', { value })];

/** A coded attribute. */
export const codeClassification = (
  object: string,
  attribute: string,
  scheme: string,
  code: Code | undefined,
): Elements =>
  code === undefined
    ? []
    : [
        classification(
          object,
          attribute,
          scheme,
          code.code,
          slot('codingScheme', code.system),
          nameElement(code.display),
        ),
      ];

export const authorClassification = (
  object: string,
  attribute: string,
  scheme: string,
  author: AuthorMetadata,
): Elements => [
  classification(
    object,
    attribute,
    scheme,
    '',
    slot('authorPerson', author.authorPerson),
    slot('authorInstitution', author.authorInstitution),
    slot('authorSpecialty', author.authorSpecialty),
    slot('authorTelecommunication', ...author.authorTelecommunication),
  ),
];

const classification = (
  object: string,
  attribute: string,
  scheme: string,
  nodeRepresentation: string,
  ...children: readonly Elements[]
): XmlElement =>
  element(
    'Classification',
    {
      id: `${object}.${attribute}`,
      classificationScheme: `urn:uuid:${scheme}`,
      classifiedObject: object,
      nodeRepresentation,
    },
    ...children,
  );

/** @param attribute also the fixed name of the identifier, as `XDSDocumentEntry.uniqueId` */
export const externalIdentifier = (
  object: string,
  attribute: string,
  scheme: string,
  value: string | undefined,
): Elements =>
  value === undefined
    ? []
    : [
        element(
          'ExternalIdentifier',
          {
            id: `${object}.${attribute.split('.')[1]}`,
            registryObject: object,
            identificationScheme: `urn:uuid:${scheme}`,
            value,
          },
          nameElement(attribute),
        ),
      ];
