/** The issuer that the deployment names; rules for it stand under this name. */
export const DEFAULT_ISSUER = 'default';

/** What the function `name-caller` puts into access tokens of a user pool of the stage's own, and the authorizer reads there. */
export const CALLER_CLAIMS = {
  kind: 'kind',
  patient: 'patient',
  relationship: 'relationship',
  authorityUntil: 'authority_until',
} as const;

/** Where the data holder's staff writes the same of a user; no user may write it himself. */
export const CALLER_ATTRIBUTES = {
  patient: 'custom:patient',
  relationship: 'custom:relationship',
  authorityUntil: 'custom:authority_until',
} as const;

/** Stands before our scopes and a slash, as a resource server of a user pool writes them. */
export const SCOPE_PREFIX = 'transmit';
