import type { Organization, Participant, PersonName } from '../../record/header.ts';
import { xcn, xon, xtn } from '../metadata/hl7v2.ts';
import { assignedOf, NPI } from './identifiers.ts';
import { oidOf } from './oids.ts';

/** The slots of an author. */
export interface Author {
  readonly person: string | undefined;
  readonly institution: string | undefined;
  readonly specialty: string | undefined;
  readonly telecommunications: readonly string[];
}

const NUCC = '2.16.840.1.113883.6.101';

/** From author/assignedAuthor; the organization, which most documents leave out there, from the custodian. */
export function authorOf(author: Participant, custodian: Organization | undefined): Author {
  const institution = author.organization ?? custodian;
  return {
    person: personOf(author),
    institution: institution && institutionOf(institution),
    specialty: specialtyOf(author),
    telecommunications: author.emails.filter(isEmail).map(xtn),
  };
}

export const isSaid = ({ person, institution, telecommunications }: Author): boolean =>
  (person ?? institution ?? telecommunications[0]) !== undefined;

/** A person by name or number, else the software by its name. */
export function personOf({ name, software, ids }: Participant): string | undefined {
  const shown = name ?? (software === undefined ? undefined : whole(software));
  const assigned = ids.find(({ root }) => root === NPI) ?? ids.find((id) => assignedOf(id));
  const number = assigned && assignedOf(assigned);
  return (shown ?? number) ? xcn(shown ?? whole(''), number) : undefined;
}

/** Also from a bare root: an organization is often an OID itself. XON wants a name. */
function institutionOf({ name, ids }: Organization): string | undefined {
  if (name === undefined) return undefined;
  const assigned = ids.flatMap((id) => assignedOf(id) ?? [])[0];
  return xon({ name }, assigned ?? bareOid(ids));
}

function bareOid(ids: Organization['ids']): { readonly oid: string } | undefined {
  const oid = ids.flatMap(({ root }) => oidOf(root) ?? [])[0];
  return oid === undefined ? undefined : { oid };
}

function specialtyOf({ specialty }: Participant): string | undefined {
  const isNucc = specialty?.codeSystem === NUCC && /^[0-9A-Z]{9}X$/.test(specialty.code);
  return isNucc ? (specialty.displayName ?? specialty.code) : undefined;
}

/** An author who is the sender of the submission set: by display name, organization, and Direct address. */
export function senderAsAuthor(name: string, organizationOid: string, address: string): Author {
  return {
    person: xcn(whole(name), undefined),
    institution: xon({ name }, { oid: organizationOid }),
    specialty: undefined,
    telecommunications: [xtn(address)],
  };
}

const whole = (family: string): PersonName => ({
  family,
  given: [],
  prefix: undefined,
  suffix: undefined,
});

const isEmail = (text: string): boolean =>
  text.length <= 128 && /^[\w.!#$%+=?{}'*-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text);
