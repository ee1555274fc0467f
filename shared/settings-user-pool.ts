import { DEFAULT_ISSUER, Identity, type IdentitySettings } from './settings-identity.ts';

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

/**
 * The same settings, with the default issuer read as a user pool of the stage's own writes its tokens: whoever deploys one
 * writes nothing of it. What else was written of that issuer stays.
 *
 * @throws Error when they ask for what no token of a user pool says: nobody could sign in
 */
export function withUserPool({ issuers, ...identity }: IdentitySettings): IdentitySettings {
  const written = issuers.find(isDefault);
  if (written && asksForClasses(written)) {
    throw new Error(
      'identity.issuers: a user pool says neither acr nor amr: leave them out of the issuer named default',
    );
  }
  const [rules] = Identity.parse({
    issuers: [
      {
        ...(written ?? { name: DEFAULT_ISSUER }),
        form: 'cognito',
        algorithms: ['RS256'],
        claims: CALLER_CLAIMS,
      },
    ],
  }).issuers;
  return {
    ...identity,
    issuers: [...(rules ? [rules] : []), ...issuers.filter((each) => !isDefault(each))],
  };
}

const isDefault = ({ name }: { readonly name: string }): boolean => name === DEFAULT_ISSUER;

const asksForClasses = ({ acr, amr, stepUp }: IdentitySettings['issuers'][number]): boolean =>
  acr.length > 0 || amr.length > 0 || (stepUp?.acr.length ?? 0) > 0;
