import { oneLine } from '../../characters.ts';
import type { Organization, PersonName, PostalAddress } from '../../record/header.ts';

/** Slot values and external identifiers have at most so many characters (ebRIM LongName). */
export const MAX_VALUE = 256;

/** How long each part of a value may be, tried in this order until the whole fits. */
const PART_LENGTHS = [128, 64, 32, 16, 8];

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\E\\',
  '|': '\\F\\',
  '^': '\\S\\',
  '~': '\\R\\',
  '&': '\\T\\',
};

/** An identifier in the namespace of an OID. */
export interface Assigned {
  readonly id: string;
  readonly oid: string;
}

const escapeHl7 = (text: string): string =>
  text.replace(/[\\|^~&]/g, (separator) => ESCAPES[separator] ?? '');

/** CX: an identifier and its assigning authority. Cut short it would be another one, so it fits or is left out. */
export function cx({ id, oid }: Assigned): string | undefined {
  const value = `${escapeHl7(id)}^^^&${oid}&ISO`;
  return value.length <= MAX_VALUE ? value : undefined;
}

/** XCN: a person, or software under its name, with an identifier where one is known. */
export const xcn = (name: PersonName, assigned: Assigned | undefined): string | undefined =>
  fitted((part) => {
    const authority = assigned ? `&${assigned.oid}&ISO` : '';
    return components(escapeHl7(assigned?.id ?? ''), ...nameParts(name, part), '', '', authority);
  });

/** XON: an organization, by name, with an identifier where one is known: a number under an authority, or a bare OID. */
export const xon = (
  { name }: Pick<Organization, 'name'>,
  assigned: Assigned | { readonly oid: string } | undefined,
): string | undefined =>
  fitted((part) => {
    const shown = cut(name, part);
    if (!assigned) return shown;
    return 'id' in assigned
      ? components(
          shown,
          '',
          '',
          '',
          '',
          `&${assigned.oid}&ISO`,
          '',
          '',
          '',
          escapeHl7(assigned.id),
        )
      : components(shown, '', '', '', '', '', '', '', '', assigned.oid);
  });

/** XTN: an e-mail address. An address is never cut. */
export const xtn = (address: string): string => `^^Internet^${escapeHl7(address)}`;

/** XPN: the name of the patient, for PID-5. */
export const pid5 = (name: PersonName): string | undefined =>
  fitted((part) => `PID-5|${components(...nameParts(name, part))}`);

/** XAD: the address of the patient, for PID-11. */
export const pid11 = (address: PostalAddress): string | undefined =>
  fitted((part) => {
    const [line, ...more] = address.lines;
    const { city, state, postalCode, country } = address;
    const fields = [line, more.join(' '), city, state, postalCode, country];
    return `PID-11|${components(...fields.map((field) => cut(field, part)))}`;
  });

/** Family, given, second and further, suffix, prefix. */
function nameParts({ family, given, suffix, prefix }: PersonName, part: number): string[] {
  const [firstName, ...more] = given;
  return [family, firstName, more.join(' '), suffix, prefix].map((text) => cut(text, part));
}

const cut = (text: string | undefined, part: number): string =>
  escapeHl7(oneLine(text ?? '', part));

const components = (...parts: readonly string[]): string => parts.join('^').replace(/\^+$/, '');

/** The fullest form of a value that fits; nothing when none does, or when nothing is left to say. */
function fitted(write: (partLength: number) => string): string | undefined {
  const value = PART_LENGTHS.map(write).find(({ length }) => length <= MAX_VALUE);
  return value === '' || value?.endsWith('|') ? undefined : value;
}
