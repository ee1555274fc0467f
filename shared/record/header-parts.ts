import type {
  Coded,
  InstanceIdentifier,
  Organization,
  Participant,
  PersonName,
  PostalAddress,
} from './header.ts';
import { isAllSeen, oneLine } from '../characters.ts';
import { all, first, type XmlElement } from './xml-tree.ts';

const MAX_TEXT = 128;
const MAX_EACH = 20;

/** A token that is cut short would be another token, so one that is too long is no value at all. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  const value = element?.attributes[name]?.trim() ?? '';
  return value !== '' && value.length <= MAX_TEXT && isAllSeen(value) ? value : undefined;
}

/** Identifiers with a root and without nullFlavor: an unknown number of a known authority identifies nobody. */
export function idsOf(from: XmlElement | undefined, name: string): readonly InstanceIdentifier[] {
  return all(from, name)
    .slice(0, MAX_EACH)
    .filter(({ attributes }) => attributes['nullFlavor'] === undefined)
    .flatMap((id) => {
      const root = attributeOf(id, 'root');
      const extension = attributeOf(id, 'extension');
      const isUsable = root && (extension !== undefined || !id.attributes['extension']);
      return isUsable ? [{ root, extension }] : [];
    });
}

export function codedOf(element: XmlElement | undefined): Coded | undefined {
  const code = attributeOf(element, 'code');
  if (!code) return undefined;
  const displayName = oneLine(element?.attributes['displayName'] ?? '', MAX_TEXT) || undefined;
  return { code, codeSystem: attributeOf(element, 'codeSystem'), displayName };
}

export function nameOf(name: XmlElement): PersonName | undefined {
  const family = textsOf(name, 'family').join(' ') || undefined;
  const given = textsOf(name, 'given');
  const prefix = textsOf(name, 'prefix').join(' ') || undefined;
  const suffix = textsOf(name, 'suffix').join(' ') || undefined;
  if (family ?? given[0]) return { family, given, prefix, suffix };
  const whole = oneLine(name.text, MAX_TEXT);
  return whole ? { family: whole, given: [], prefix: undefined, suffix: undefined } : undefined;
}

export function addressOf(element: XmlElement | undefined): PostalAddress | undefined {
  if (!element) return undefined;
  const one = (name: string): string | undefined => textsOf(element, name)[0];
  const [lines, city, state] = [textsOf(element, 'streetAddressLine'), one('city'), one('state')];
  const address = { lines, city, state, postalCode: one('postalCode'), country: one('country') };
  return Object.values(address).flat().some(Boolean) ? address : undefined;
}

export function organizationOf(element: XmlElement | undefined): Organization | undefined {
  const name = textsOf(element, 'name')[0];
  const ids = idsOf(element, 'id');
  return (name ?? ids[0]) ? { ids, name } : undefined;
}

/** Reads an assignedAuthor or an assignedEntity. */
export function participantOf(entity: XmlElement): Participant {
  const device = first(entity, 'assignedAuthoringDevice');
  return {
    ids: idsOf(entity, 'id'),
    name: all(entity, 'assignedPerson', 'name').flatMap((name) => nameOf(name) ?? [])[0],
    software: textsOf(device, 'softwareName')[0] ?? textsOf(device, 'manufacturerModelName')[0],
    specialty: codedOf(first(entity, 'code')),
    emails: all(entity, 'telecom').slice(0, MAX_EACH).flatMap(emailOf),
    organization: organizationOf(first(entity, 'representedOrganization')),
  };
}

function emailOf(telecom: XmlElement): string[] {
  const email = /^mailto:(.+)$/i.exec(attributeOf(telecom, 'value') ?? '')?.[1];
  return email ? [email] : [];
}

/** The texts of the children of one name that have any. */
const textsOf = (from: XmlElement | undefined, name: string): string[] =>
  all(from, name)
    .slice(0, MAX_EACH)
    .map(({ text }) => oneLine(text, MAX_TEXT))
    .filter((text) => text !== '');
