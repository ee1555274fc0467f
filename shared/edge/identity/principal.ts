import { done, fail, type Outcome } from '../../outcome.ts';
import type { SignIn } from './assurance.ts';

/** In which role a token speaks. */
export const KINDS = ['patient', 'representative', 'provider', 'system', 'admin'] as const;

export type Kind = (typeof KINDS)[number];

/** By what a representative may act for a patient. */
export interface Authority {
  /** As the issuer words it: `guardian`, `healthcare-power-of-attorney`, … */
  readonly relationship: string;
  /** When it ends, ISO 8601 UTC. Absent: the token sets no end. */
  readonly until?: string;
}

/** Who asks, whatever issuer and shape of token said so. */
export interface Principal {
  readonly kind: Kind;
  /** The token's `sub`: an id at the issuer, never a name. */
  readonly subject: string;
  /** The patients that the token is for. Empty: it names none, which for a provider or a system is any. */
  readonly patients: readonly string[];
  readonly scopes: readonly string[];
  /** Of a representative whose token says so. */
  readonly authority?: Authority;
  /** The sign-in that is still to be shown before what asks for step-up. Absent: nothing more is needed. */
  readonly stepUp?: SignIn;
}

/** What a verified token says, as it was parsed from JSON. */
export type Claims = Readonly<Record<string, unknown>>;

/** Scopes may be written as a Cognito resource server writes them. */
const SCOPE_PREFIX = 'transmit/';
/** More is nobody's token. */
const MAX_WORDS = 100;
const SUBJECT = /^[\x21-\x7e]{1,255}$/;

/**
 * Reads the principal off the claims of a genuine token.
 *
 * `fhirUser` decides first (SMART App Launch): a Practitioner is a provider even with a patient in context, who then is
 * the only one. A token without any person is a system's when its subject is the client itself (client credentials).
 *
 * @failure edge/forbidden the token does not say in which role it speaks, or not legibly for whom
 */
export function principalOf(claims: Claims): Outcome<Principal> {
  const subject = claims['sub'];
  if (typeof subject !== 'string' || !SUBJECT.test(subject)) return fail('edge/forbidden');
  const scopes = words(claims['scope'] ?? claims['scp']).map(withoutPrefix);
  const patients = patientsIn(claims['patient']);
  if (!patients.ok) return patients;
  const kind = kindOf(claims, scopes, patients.value);
  return kind === undefined
    ? fail('edge/forbidden')
    : done({ kind, subject, patients: patients.value, scopes });
}

function kindOf(
  claims: Claims,
  scopes: readonly string[],
  patients: readonly string[],
): Kind | undefined {
  const person = typeof claims['fhirUser'] === 'string' ? claims['fhirUser'] : '';
  if (/(^|\/)Practitioner(Role)?\//.test(person)) return 'provider';
  if (/(^|\/)RelatedPerson\//.test(person)) return 'representative';
  if (patients.length > 0) return 'patient';
  if (person !== '') return undefined;
  if (scopes.includes('admin')) return 'admin';
  const client = claims['client_id'] ?? claims['azp'];
  return client !== undefined && client === claims['sub'] ? 'system' : undefined;
}

/**
 * A token without the claim is bound to nobody; one that has the claim meant to bind. So a claim that cannot be read
 * refuses the token: read as empty, it would open every patient to a provider or a system.
 *
 * @failure edge/forbidden
 */
function patientsIn(claim: unknown): Outcome<readonly string[]> {
  if (claim === undefined) return done([]);
  const list = listed(claim);
  const named = list.filter(isText);
  const isLegible = named.length === list.length && list.length > 0 && list.length <= MAX_WORDS;
  return isLegible ? done(named) : fail('edge/forbidden');
}

/** A claim that grants: what cannot be read of it grants nothing. */
function words(claim: unknown): readonly string[] {
  const named = listed(claim).filter(isText);
  return named.length > MAX_WORDS ? [] : named;
}

/** One text with blanks between its words, or a list. */
function listed(claim: unknown): readonly unknown[] {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  return asList(claim);
}

const isText = (each: unknown): each is string => typeof each === 'string' && each.trim() !== '';

const asList = (claim: unknown): readonly unknown[] => (Array.isArray(claim) ? claim : []);

const withoutPrefix = (scope: string): string =>
  scope.startsWith(SCOPE_PREFIX) ? scope.slice(SCOPE_PREFIX.length) : scope;

/** What of a principal is kept beside what it did: the kind, the subject, and by what authority. */
export const actorOf = ({
  kind,
  subject,
  authority,
}: Principal): Pick<Principal, 'kind' | 'subject' | 'authority'> => ({
  kind,
  subject,
  ...(authority === undefined ? {} : { authority }),
});
