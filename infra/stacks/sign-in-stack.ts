import { CfnOutput, ReferenceStrength, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ROUTES } from '../../lambdas/routes.ts';
import type { Deployment } from '../config.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { plain, type Setting } from '../constructs/setting.ts';
import { SignInClients } from '../constructs/sign-in-clients.ts';
import { SignInPool } from '../constructs/sign-in-pool.ts';

export interface SignInStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/** Whom the staff put into groups of the same names. */
const PEOPLE = ['patient', 'representative', 'provider', 'admin'] as const;

/** Who lets callers in where no issuer is configured: a user pool of the stage's own. */
export class SignInStack extends Stack {
  readonly #pool: SignInPool;
  readonly #clients: SignInClients;

  constructor(scope: Construct, id: string, props: SignInStackProps) {
    super(scope, id, props);
    const { deployment, defaults } = props;
    const scopes = Object.fromEntries(
      [...PEOPLE, 'system' as const].map((kind) => [kind, scopesOf([kind])]),
    );
    this.#pool = new SignInPool(this, 'SignIn', { scopes, groups: PEOPLE, defaults });
    this.#clients = new SignInClients(this, 'Clients', {
      pool: this.#pool.pool,
      scopes: scopesOf([...PEOPLE, 'system']),
      peopleScopes: scopesOf(PEOPLE),
      systemScopes: scopesOf(['system']),
      portalUrls: deployment.portalUrls,
      systems: deployment.systemClients,
    });
    this.#tell();
  }

  /** What the authorizer goes by: the pool, and every client that may ask it. */
  issuer(): Readonly<Record<'ISSUER_URL' | 'AUDIENCE', Setting>> {
    const { portal, systems } = this.#clients;
    const clients = [...(portal ? [portal] : []), ...systems.values()];
    return {
      ISSUER_URL: plain(this.#pool.pool.userPoolProviderUrl),
      AUDIENCE: plain(clients.map(({ userPoolClientId }) => mayGo(userPoolClientId)).join(' ')),
    };
  }

  #tell(): void {
    const { pool, domain } = this.#pool;
    const { portal, systems } = this.#clients;
    const tell = (id: string, value: string, description: string): void => {
      new CfnOutput(this, id, { value, description });
    };
    tell('UserPoolId', pool.userPoolId, 'Where staff add users, each to one group');
    tell(
      'SignInUrl',
      domain.baseUrl(),
      'Where people sign in, and systems get their tokens: /oauth2/token',
    );
    if (portal) tell('PortalClient', portal.userPoolClientId, 'What portals sign people in as');
    const named = [...systems].map(([name, { userPoolClientId }]) => `${name}=${userPoolClientId}`);
    tell('SystemClients', named.join(' '), 'Clients of systems; the pool tells their secrets');
  }
}

/** As an export it could not be taken out with its client: this stack is deployed before the one that reads it. */
const mayGo = (value: string): string => Stack.consumeReference(value, ReferenceStrength.WEAK);

/** Every scope of every route that one of these may call. */
const scopesOf = (kinds: readonly string[]): readonly string[] =>
  [
    ...new Set(
      ROUTES.filter((route) => route.kinds.some((kind) => kinds.includes(kind))).flatMap(
        ({ scopes }) => [...scopes],
      ),
    ),
  ].sort();
