import type { Code } from '../derive/codes.ts';
import { escapeXml } from '../xml.ts';
import type { AuthorMetadata } from './author-metadata.ts';

/*
 * ebRIM as IHE uses it. The schema wants the children of every object in this order: Slot, Name, Description,
 * Classification, ExternalIdentifier; and an id on each of them. Ids are symbolic: the object's own, and the attribute's behind a dot.
 */

export const LCM = 'urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0';
export const RIM = 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0';

type Value = string | undefined;

/** A slot without values is no slot. */
export function slot(name: string, ...values: readonly Value[]): string {
  const said = values.filter((value) => value !== undefined);
  if (said.length === 0) return '';
  const list = said.map((value) => `<Value>${escapeXml(value)}</Value>`).join('');
  return `<Slot name="${name}"><ValueList>${list}</ValueList></Slot>\n`;
}

export const nameElement = (text: string): string =>
  `<Name><LocalizedString value="${escapeXml(text)}"/></Name>\n`;

/** Comes after the name. */
export const descriptionElement = (text: string): string =>
  `<Description><LocalizedString value="${escapeXml(text)}"/></Description>\n`;

/** A coded attribute. */
export const codeClassification = (
  object: string,
  attribute: string,
  scheme: string,
  code: Code | undefined,
): string =>
  code === undefined
    ? ''
    : classification(object, attribute, scheme, code.code, [
        slot('codingScheme', code.system),
        nameElement(code.display),
      ]);

export const authorClassification = (
  object: string,
  attribute: string,
  scheme: string,
  author: AuthorMetadata,
): string =>
  classification(object, attribute, scheme, '', [
    slot('authorPerson', author.authorPerson),
    slot('authorInstitution', author.authorInstitution),
    slot('authorSpecialty', author.authorSpecialty),
    slot('authorTelecommunication', ...author.authorTelecommunication),
  ]);

const classification = (
  object: string,
  attribute: string,
  scheme: string,
  node: string,
  children: readonly string[],
): string =>
  `<Classification id="${object}.${attribute}" classificationScheme="urn:uuid:${scheme}"` +
  ` classifiedObject="${object}" nodeRepresentation="${escapeXml(node)}">\n${children.join('')}</Classification>\n`;

/** @param attribute also the fixed name of the identifier, as `XDSDocumentEntry.uniqueId` */
export const externalIdentifier = (
  object: string,
  attribute: string,
  scheme: string,
  value: Value,
): string =>
  value === undefined
    ? ''
    : `<ExternalIdentifier id="${object}.${attribute.split('.')[1]}" registryObject="${object}"` +
      ` identificationScheme="urn:uuid:${scheme}" value="${escapeXml(value)}">\n${nameElement(attribute)}</ExternalIdentifier>\n`;
