import { oneLine } from '../../characters.ts';
import type { PersonName, PostalAddress } from '../../record/header.ts';
import type { Assigned } from '../derive/oids.ts';
import type { PatientInfo } from '../derive/patient-info.ts';
import type { Institution, Person } from '../derive/people.ts';

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

const escapeHl7 = (text: string): string =>
  text.replace(/[\\|^~&]/g, (separator) => ESCAPES[separator] ?? '');

/** CX: an identifier and its assigning authority. Cut short it would be another one, so it fits or is left out. */
export function cx({ id, oid }: Assigned): string | undefined {
  const value = `${escapeHl7(id)}^^^&${oid}&ISO`;
  return value.length <= MAX_VALUE ? value : undefined;
}

/** XCN: a person, or software under its name, with an identifier where one is known. */
export const xcn = ({ name, id }: Person): string | undefined =>
  fitted((part) => {
    const authority = id ? `&${id.oid}&ISO` : '';
    return components(escapeHl7(id?.id ?? ''), ...nameParts(name, part), '', '', authority);
  });

/** XON: an organization, by name, with an identifier where one is known: a number under an authority, or a bare OID. */
export const xon = ({ name, id }: Institution): string | undefined =>
  fitted((part) => {
    const shown = cut(name, part);
    if (!id) return shown;
    const [authority, number] = 'id' in id ? [`&${id.oid}&ISO`, escapeHl7(id.id)] : ['', id.oid];
    return components(shown, '', '', '', '', authority, '', '', '', number);
  });

/** XTN: an e-mail address. An address is never cut. */
export const xtn = (address: string): string => `^^Internet^${escapeHl7(address)}`;

/** The values of sourcePatientInfo, in the order of the fields. */
export const pid = (id: Assigned | undefined, info: PatientInfo): readonly string[] => {
  const number = id && cx(id);
  const values = [
    number && `PID-3|${number}`,
    pid5(info.name),
    `PID-7|${info.birthDate}`,
    `PID-8|${info.sex}`,
    info.address && pid11(info.address),
  ];
  return values.filter((value) => value !== undefined);
};

/** XPN: the name of the patient, for PID-5. */
const pid5 = (name: PersonName): string | undefined =>
  fitted((part) => `PID-5|${components(...nameParts(name, part))}`);

/** XAD: the address of the patient, for PID-11. */
const pid11 = (address: PostalAddress): string | undefined =>
  fitted((part) => {
    const [line, ...more] = address.lines;
    const { city, state, postalCode, country } = address;
    const fields = [line, more.join(' '), city, state, postalCode, country];
    return `PID-11|${components(...fields.map((field) => cut(field, part)))}`;
  });

/** Family, given, second and further, suffix, prefix. */
function nameParts(name: PersonName | undefined, part: number): string[] {
  const [firstName, ...more] = name?.given ?? [];
  const parts = [name?.family, firstName, more.join(' '), name?.suffix, name?.prefix];
  return parts.map((text) => cut(text, part));
}

const cut = (text: string | undefined, part: number): string =>
  escapeHl7(oneLine(text ?? '', part));

const components = (...parts: readonly string[]): string => parts.join('^').replace(/\^+$/, '');

/** The fullest form of a value that fits; nothing when none does, or when nothing is left to say. */
function fitted(write: (partLength: number) => string): string | undefined {
  for (const partLength of PART_LENGTHS) {
    const value = write(partLength);
    if (value.length <= MAX_VALUE) return value === '' || value.endsWith('|') ? undefined : value;
  }
  return undefined;
}
