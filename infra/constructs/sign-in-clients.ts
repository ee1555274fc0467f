import { Duration } from 'aws-cdk-lib';
import {
  ClientAttributes,
  OAuthScope,
  ResourceServerScope,
  type UserPool,
  type UserPoolClient,
  type UserPoolClientOptions,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { SCOPE_PREFIX } from '../../shared/settings.ts';

export interface SignInClientsProps {
  readonly pool: UserPool;
  /** All that the API knows. */
  readonly scopes: readonly string[];
  /** Of them those of people, and those of systems. */
  readonly peopleScopes: readonly string[];
  readonly systemScopes: readonly string[];
  /** Where those who have signed in come back to. Without any, nobody does. */
  readonly portalUrls: readonly string[];
  readonly systems: readonly string[];
}

/** So soon somebody who is no longer let in is out. */
const MINUTES = Duration.minutes(15);

/** For every client: one sign-in page and no other way in, and nothing said of who has an account. */
const CLOSED: UserPoolClientOptions = {
  // Without any the pool would have some of its own.
  authFlows: { userSrp: false },
  supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
  preventUserExistenceErrors: true,
  enableTokenRevocation: true,
  accessTokenValidity: MINUTES,
  idTokenValidity: MINUTES,
  // What is left out here a user could write: his own patient, too.
  writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
  readAttributes: new ClientAttributes().withStandardAttributes({
    email: true,
    emailVerified: true,
    locale: true,
  }),
};

/** Who may ask a user pool for tokens: the portals, in the name of who signed in, and each system in its own. */
export class SignInClients extends Construct {
  readonly portal: UserPoolClient | undefined;
  /** By the name of the system. */
  readonly systems: ReadonlyMap<string, UserPoolClient>;

  constructor(scope: Construct, id: string, props: SignInClientsProps) {
    super(scope, id);
    const { pool, scopes, peopleScopes, systemScopes, portalUrls, systems } = props;
    const named = resourceServer(pool, scopes);
    this.portal =
      portalUrls.length === 0 ? undefined : portal(pool, portalUrls, named(peopleScopes));
    this.systems = new Map(
      systems.map((system) => [system, systemClient(pool, system, named(systemScopes))]),
    );
  }
}

/** Our scopes, by their names, as this pool writes them. */
function resourceServer(pool: UserPool, scopes: readonly string[]) {
  const made = new Map(
    scopes.map((scopeName) => [
      scopeName,
      new ResourceServerScope({ scopeName, scopeDescription: `Direct Transmit: ${scopeName}` }),
    ]),
  );
  const server = pool.addResourceServer('Scopes', {
    identifier: SCOPE_PREFIX,
    scopes: [...made.values()],
  });
  return (names: readonly string[]): OAuthScope[] =>
    names.flatMap((name) => {
      const known = made.get(name);
      return known ? [OAuthScope.resourceServer(server, known)] : [];
    });
}

const portal = (pool: UserPool, urls: readonly string[], scopes: OAuthScope[]): UserPoolClient =>
  pool.addClient('Portal', {
    ...CLOSED,
    userPoolClientName: 'portal',
    // It runs in browsers, where there are no secrets: it shows that it was the one who asked (PKCE).
    generateSecret: false,
    refreshTokenValidity: Duration.hours(8),
    oAuth: {
      flows: { authorizationCodeGrant: true },
      callbackUrls: [...urls],
      logoutUrls: [...urls],
      scopes: [OAuthScope.OPENID, ...scopes],
    },
  });

const systemClient = (pool: UserPool, name: string, scopes: OAuthScope[]): UserPoolClient =>
  pool.addClient(`System-${name}`, {
    ...CLOSED,
    userPoolClientName: name,
    generateSecret: true,
    oAuth: { flows: { clientCredentials: true }, scopes },
  });
