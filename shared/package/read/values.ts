import { oneLine } from '../../characters.ts';
import { all, first, type XmlElement } from '../../record/xml-tree.ts';
import { MAX_VALUE } from '../metadata/hl7v2.ts';

/* Values of ebRIM objects that others wrote: each on one line and of bounded length; one without a character is none. */

const MAX_TITLE = 1024;

export const titleOf = (object: XmlElement): string | undefined =>
  oneLine(first(object, 'Name', 'LocalizedString')?.attributes['value'] ?? '', MAX_TITLE) ||
  undefined;

export function slotValues(object: XmlElement, name: string): string[] {
  const values = all(object, 'Slot')
    .filter(({ attributes }) => attributes['name'] === name)
    .flatMap((slot) => all(slot, 'ValueList', 'Value'));
  return values.map(({ text }) => oneLine(text, MAX_VALUE)).filter((value) => value !== '');
}

export const slotValue = (object: XmlElement, name: string): string | undefined =>
  slotValues(object, name)[0];

export const identifier = (object: XmlElement, name: string): string | undefined => {
  const found = all(object, 'ExternalIdentifier').find(
    (each) => first(each, 'Name', 'LocalizedString')?.attributes['value'] === name,
  );
  return oneLine(found?.attributes['value'] ?? '', MAX_VALUE) || undefined;
};

/** The classifications of an object that go by a scheme, which is given without its `urn:uuid:`. */
export const classifiedAs = (object: XmlElement, scheme: string): XmlElement[] =>
  all(object, 'Classification').filter(
    ({ attributes }) => attributes['classificationScheme']?.toLowerCase() === `urn:uuid:${scheme}`,
  );
