import type { FetchFault } from '../../discover/fetch.ts';

/** Why nobody can say whether a certificate was revoked. */
export type Doubt =
  /** The certificate names no source, and nothing about it was given. */
  | 'no-source'
  /** It names sources, and none may be asked. */
  | 'not-asked'
  | FetchFault
  /** What came is none, or its sender cannot answer now. */
  | 'malformed'
  /** What is at hand speaks of other certificates. */
  | 'out-of-scope'
  /** What is at hand speaks of some reasons for revoking only. */
  | 'some-reasons'
  /** The OCSP responder does not know the certificate. */
  | 'not-known'
  /** It needs what is not done here: delta and indirect lists, unknown critical extensions. */
  | 'unsupported'
  /** No longer current. */
  | 'stale'
  /** Not current yet. */
  | 'premature'
  /** Signed with an algorithm or a key that is not strong enough. */
  | 'weak'
  /** Whoever signed it was revoked, or nobody can say. */
  | 'doubtful-signer'
  /** Signed by nobody who may. */
  | 'forged'
  /** Too much would have to be fetched or verified to find out. */
  | 'too-costly';

export type Status =
  | { readonly kind: 'good' }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'unknown'; readonly why: Doubt };

export const GOOD: Status = { kind: 'good' };
export const REVOKED: Status = { kind: 'revoked' };
export const unknown = (why: Doubt): Status => ({ kind: 'unknown', why });

/** Of several doubts the last in this list is told: what came nearest to an answer says most. */
const HOW_NEAR: readonly Doubt[] = [
  'no-source',
  'not-asked',
  'blocked',
  'refused',
  'unreachable',
  'too-slow',
  'too-large',
  'malformed',
  'out-of-scope',
  'not-known',
  'some-reasons',
  'unsupported',
  'premature',
  'stale',
  'doubtful-signer',
  'weak',
  'forged',
  'too-costly',
];

export const nearest = (doubts: readonly Doubt[]): Doubt =>
  doubts.reduce(
    (best, doubt) => (HOW_NEAR.indexOf(doubt) > HOW_NEAR.indexOf(best) ? doubt : best),
    'no-source',
  );

/** What several sources say together: one that says revoked outweighs all others, and one that knows all that do not. */
export function together(statuses: readonly Status[]): Status {
  if (statuses.some(({ kind }) => kind === 'revoked')) return REVOKED;
  if (statuses.some(({ kind }) => kind === 'good')) return GOOD;
  return unknown(nearest(statuses.flatMap((each) => ('why' in each ? [each.why] : []))));
}
