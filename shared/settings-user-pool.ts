import { CALLER_CLAIMS, DEFAULT_ISSUER } from './caller-names.ts';
import { Identity, type IdentitySettings } from './settings-identity.ts';

export { CALLER_ATTRIBUTES, SCOPE_PREFIX } from './caller-names.ts';

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
