import type { Organization, Participant, PersonName } from '../../record/header.ts';
import { assignedOf, NPI } from './identifiers.ts';
import { oidOf, type Assigned } from './oids.ts';

/** A person by name or number, or software by its name, which stands as a family name. */
export interface Person {
  readonly name: PersonName | undefined;
  readonly id: Assigned | undefined;
}

export interface Institution {
  readonly name: string;
  /** A number under an authority, or an OID that is the institution itself. */
  readonly id: Assigned | { readonly oid: string } | undefined;
}

export interface Author {
  readonly person: Person | undefined;
  readonly institution: Institution | undefined;
  readonly specialty: string | undefined;
  readonly emails: readonly string[];
}

const NUCC = '2.16.840.1.113883.6.101';

/** From author/assignedAuthor; the organization, whose name most documents leave out there, from the custodian. */
export function authorOf(author: Participant, custodian: Organization | undefined): Author {
  const { organization } = author;
  return {
    person: personOf(author),
    institution: institutionOf(organization?.name === undefined ? custodian : organization),
    specialty: specialtyOf(author),
    emails: author.emails.filter(isEmail),
  };
}

/** With the number of the national registry if there is one. */
export function personOf({ name, software, ids }: Participant): Person | undefined {
  const shown = name ?? (software === undefined ? undefined : wholeName(software));
  const registered = ids.find(({ root }) => root === NPI) ?? ids.find((id) => assignedOf(id));
  const id = registered && assignedOf(registered);
  return (shown ?? id) ? { name: shown, id } : undefined;
}

/** Also from a bare root: an organization is often an OID itself. */
function institutionOf(organization: Organization | undefined): Institution | undefined {
  if (organization?.name === undefined) return undefined;
  const { name, ids } = organization;
  return { name, id: ids.flatMap((id) => assignedOf(id) ?? [])[0] ?? bareOid(ids) };
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
export const senderAsAuthor = (name: string, organizationOid: string, address: string): Author => ({
  person: { name: wholeName(name), id: undefined },
  institution: { name, id: { oid: organizationOid } },
  specialty: undefined,
  emails: [address],
});

const wholeName = (family: string): PersonName => ({
  family,
  given: [],
  prefix: undefined,
  suffix: undefined,
});

const isEmail = (text: string): boolean =>
  text.length <= 128 && /^[\w.!#$%+=?{}'*-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text);
