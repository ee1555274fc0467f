import type { Author } from '../derive/people.ts';
import { xcn, xon, xtn } from './hl7v2.ts';

/** The sub-attributes of an author: XCN, XON, plain text, XTN. */
export interface AuthorMetadata {
  readonly authorPerson: string | undefined;
  readonly authorInstitution: string | undefined;
  readonly authorSpecialty: string | undefined;
  readonly authorTelecommunication: readonly string[];
}

/** Nothing when neither person nor institution nor address can be said: a specialty alone is nobody. */
export function authorMetadata(author: Author): AuthorMetadata | undefined {
  const { person, institution, specialty, emails } = author;
  const authorPerson = person && xcn(person);
  const authorInstitution = institution && xon(institution);
  const authorTelecommunication = emails.map(xtn);
  const named = authorPerson ?? authorInstitution ?? authorTelecommunication[0];
  if (named === undefined) return undefined;
  return { authorPerson, authorInstitution, authorSpecialty: specialty, authorTelecommunication };
}
