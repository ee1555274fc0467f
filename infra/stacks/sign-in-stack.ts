import { CfnOutput, ReferenceStrength, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SCOPE_PREFIX } from '../../shared/settings.ts';
import type { Deployment } from '../config.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { plain, type Setting } from '../constructs/setting.ts';
import { SignInClients } from '../constructs/sign-in-clients.ts';
import { SignInPool } from '../constructs/sign-in-pool.ts';
import type { SignIn } from '../constructs/published-portal.ts';
import { PEOPLE, PORTAL_KINDS, scopesOf } from './scopes.ts';

export interface SignInStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

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
      portalUrls: [...new Set([...deployment.portalUrls, ...hostedPages(deployment)])],
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

  /** As whom the hosted pages sign people in. Until anybody may come back to a page there is no such client. */
  portal(): SignIn {
    const { portal } = this.#clients;
    const page = this.#pool.domain.baseUrl();
    return {
      clientId: portal ? mayGo(portal.userPoolClientId) : '',
      authorizeUrl: `${page}/oauth2/authorize`,
      tokenUrl: `${page}/oauth2/token`,
      signOutUrl: `${page}/logout`,
      scope: scopesOf(PORTAL_KINDS)
        .map((scope) => `${SCOPE_PREFIX}/${scope}`)
        .join(' '),
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

/** Those of which the name is known before they are deployed. */
const hostedPages = ({ portal }: Deployment): readonly string[] =>
  portal?.domain
    ? ['share', 'provider'].map((page) => `https://${portal.domain?.name}/${page}`)
    : [];
