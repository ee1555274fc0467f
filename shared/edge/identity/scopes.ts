import type { Kind } from '../../kinds.ts';

/** Of which FHIR resource SMART on FHIR speaks where we have a scope of our own. Scopes that are not here have no alias. */
export const RESOURCES: Readonly<Record<string, string>> = {
  'consent.read': 'Consent',
  'consent.write': 'Consent',
  'request.read': 'Subscription',
  'request.write': 'Subscription',
  'status.read': 'AuditEvent',
  'event.write': 'Encounter',
  'patient.read': 'Patient',
};

/** What a call does to the resource, in SMART's letters: create, read, update, delete, search. */
const BY_METHOD: Readonly<Record<string, string>> = {
  GET: 'rs',
  PUT: 'u',
  PATCH: 'u',
  DELETE: 'd',
};

/** A POST does what the last word of its path says; one whose word is not here has no alias. */
const BY_LAST_WORD: Readonly<Record<string, string>> = {
  consents: 'c',
  'transmit-requests': 'c',
  send: 'c',
  resume: 'u',
  revoke: 'd',
  'revoke-all': 'd',
  events: 'c',
};

/** Whose tokens the context of a SMART scope is for. */
export const CONTEXTS: Readonly<Record<Kind, string | undefined>> = {
  patient: 'patient',
  representative: 'patient',
  provider: 'user',
  system: 'system',
  admin: undefined,
};

/** A line of the route table, as far as scopes look at it. */
interface Asked {
  readonly method: string;
  readonly path: string;
}

/** The letters that a call of this route needs of its resource; nothing where it has no alias. */
export const lettersOf = ({ method, path }: Asked): string | undefined =>
  BY_METHOD[method] ?? BY_LAST_WORD[path.slice(path.lastIndexOf('/') + 1)];

/**
 * Whether the scopes of a principal hold this one for a call of this route: in our own word, or every letter of its alias.
 *
 * @param scopes as `scopesIn` gives them
 */
export function holds(scopes: readonly string[], scope: string, route: Asked): boolean {
  if (scopes.includes(scope)) return true;
  const resource = RESOURCES[scope];
  const letters = lettersOf(route);
  if (resource === undefined || letters === undefined) return false;
  return Array.from(letters).every((letter) => scopes.includes(`${resource}.${letter}`));
}

/** Scopes may be written as a Cognito resource server writes them. */
const OURS = /^(?:transmit\/)?([a-z][a-z0-9-]{0,31}(?:\.[a-z][a-z0-9-]{0,31})?)$/;
/** SMART v2 (App Launch 2.2.0): its letters have an order. What is behind a `?` restricts, and we could not keep to it. */
const SMART = /^(patient|user|system)\/([A-Z][A-Za-z]{0,63})\.(c?r?u?d?s?)$/;

const KNOWN_RESOURCES = new Set(Object.values(RESOURCES));

/**
 * What a token's scopes grant to somebody of this kind: ours without prefix, and of SMART's a word for each letter,
 * `Consent.c`. No word of ours has a capital, so none of the one sort is ever taken for one of the other.
 */
export function scopesIn(words: readonly string[], kind: Kind): readonly string[] {
  const granted = words.flatMap((word) => {
    const ours = OURS.exec(word)?.[1];
    if (ours !== undefined) return [ours];
    const [, context, resource = '', letters = ''] = SMART.exec(word) ?? [];
    return context !== undefined && context === CONTEXTS[kind] && KNOWN_RESOURCES.has(resource)
      ? Array.from(letters, (letter) => `${resource}.${letter}`)
      : [];
  });
  return [...new Set(granted)];
}

/** Whether a token has the scope that makes an operator of who has no other role. */
export const namesAdmin = (words: readonly string[]): boolean =>
  words.some((word) => OURS.exec(word)?.[1] === 'admin');
