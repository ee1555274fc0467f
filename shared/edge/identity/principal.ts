import { KINDS, type Kind } from '../../kinds.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { DEFAULT_ISSUER } from '../../caller-names.ts';
import type { KnownIssuer } from '../../settings-identity.ts';
import type { SignIn } from './assurance.ts';
import { type Claims, momentIn, patientsIn, wordsIn } from './claims.ts';
import { namesAdmin, scopesIn } from './scopes.ts';

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
  /**
   * The token's `sub`: an id at the issuer, never a name. Of another issuer than the default one, its name and a blank
   * come first; no `sub` has a blank, so nobody passes for somebody of another issuer.
   */
  readonly subject: string;
  /** The patients that the token is for. Empty: it names none, which for a provider or a system is any. */
  readonly patients: readonly string[];
  /** Ours without prefix, and words of SMART's: see `scopesIn`. */
  readonly scopes: readonly string[];
  /** Of a representative whose token says so. */
  readonly authority?: Authority;
  /** The sign-in that is still to be shown before what asks for step-up. Absent: nothing more is needed. */
  readonly stepUp?: SignIn;
}

/** How an issuer's tokens are read. */
export type Reading = Pick<KnownIssuer, 'name' | 'kinds' | 'claims'>;

const SUBJECT = /^[\x21-\x7e]{1,255}$/;
/** With a blank at either end it would be another word than the settings have, and what ends would not. */
const RELATIONSHIP = /^(?! )[\x20-\x7e]{1,200}(?<! )$/;

/**
 * Reads the principal off the claims of a genuine token.
 *
 * @failure edge/forbidden the token does not say in which role it speaks, not legibly for whom or by what authority, or
 * its issuer may not speak for that role
 */
export function principalOf(claims: Claims, issuer: Reading): Outcome<Principal> {
  const { claims: names } = issuer;
  const subject = claims['sub'];
  if (typeof subject !== 'string' || !SUBJECT.test(subject)) return fail('edge/forbidden');
  const patients = patientsIn(claims[names.patient]);
  if (!patients.ok) return patients;
  const words = wordsIn(
    names.scopes === undefined ? (claims['scope'] ?? claims['scp']) : claims[names.scopes],
  );
  const kind = kindOf(claims, issuer, words, patients.value);
  if (kind === undefined || !issuer.kinds.includes(kind)) return fail('edge/forbidden');
  // Who has two is none of them: the audit would have each say what another one asked for.
  if (kind === 'patient' && patients.value.length !== 1) return fail('edge/forbidden');
  // Whoever speaks for all is for none: events, uploads and webhooks would reach beyond the patients that are named.
  const isForAll = kind === 'system' || kind === 'admin';
  if (isForAll && patients.value.length > 0) return fail('edge/forbidden');
  const authority = kind === 'representative' ? authorityIn(claims, issuer) : done(undefined);
  if (!authority.ok) return authority;
  return done({
    kind,
    subject: issuer.name === DEFAULT_ISSUER ? subject : `${issuer.name} ${subject}`,
    patients: patients.value,
    scopes: scopesIn(words, kind),
    ...(authority.value === undefined ? {} : { authority: authority.value }),
  });
}

/**
 * A claim that says it outright, where the issuer has one. Else `fhirUser` decides first (SMART App Launch): a
 * Practitioner is a provider even with a patient in context, who then is the only one. A token without any person is a
 * system's when its subject is the client itself (client credentials); with a patient in context it is nobody's, for
 * neither is the client the patient.
 */
function kindOf(
  claims: Claims,
  { claims: names }: Reading,
  words: readonly string[],
  patients: readonly string[],
): Kind | undefined {
  if (names.kind !== undefined) return KINDS.find((each) => each === claims[names.kind ?? '']);
  const { [names.person]: person = '' } = claims;
  // Read as absent it would make a patient of whoever has one in context.
  if (typeof person !== 'string') return undefined;
  if (/(^|\/)Practitioner(Role)?\//.test(person)) return 'provider';
  if (/(^|\/)RelatedPerson\//.test(person)) return 'representative';
  const client = claims['client_id'] ?? claims['azp'];
  const isClient = client !== undefined && client === claims['sub'];
  if (patients.length > 0) {
    if (claims[names.relationship] !== undefined) return isClient ? undefined : 'representative';
    return isClient || isAnother(person, names, patients) ? undefined : 'patient';
  }
  if (person !== '') return undefined;
  if (namesAdmin(words)) return 'admin';
  return isClient ? 'system' : undefined;
}

/**
 * Whether the person is another patient than the one in context, as a parent who is registered too: by what right, the
 * token would have to say. Ids can be compared where both claims are SMART's, of one server.
 */
function isAnother(person: string, names: Reading['claims'], patients: readonly string[]): boolean {
  const own = /(?:^|\/)Patient\/([^/]+)$/.exec(person)?.[1];
  const isSmart = names.patient === 'patient' && names.person === 'fhirUser';
  return own !== undefined && isSmart && !patients.includes(own);
}

/**
 * An authority whose end cannot be read is none: it would be one without end.
 *
 * @failure edge/forbidden
 */
function authorityIn(claims: Claims, { claims: names }: Reading): Outcome<Authority | undefined> {
  const relationship = claims[names.relationship];
  const end = claims[names.authorityUntil];
  if (relationship === undefined && end === undefined) return done(undefined);
  if (typeof relationship !== 'string' || !RELATIONSHIP.test(relationship)) {
    return fail('edge/forbidden');
  }
  if (end === undefined) return done({ relationship });
  const until = momentIn(end);
  return until === undefined ? fail('edge/forbidden') : done({ relationship, until });
}

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
