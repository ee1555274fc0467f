import * as z from 'zod';
import { CALLER_ATTRIBUTES, SCOPE_PREFIX } from '../../../shared/settings-user-pool.ts';
import type { Deployment } from '../assembly/deployment.ts';
import type { Functions } from '../functions/functions.ts';
import { claimsOf, type TokenRequest } from './token-request.ts';

/** A client of a user pool: who may ask it for tokens, with which of our scopes. */
export interface PoolClient {
  readonly id: string;
  /** A system's, which signs in by itself. */
  readonly isSystem: boolean;
  /** With their prefix. */
  readonly scopes: readonly string[];
}

/** A user pool, as far as tokens show it. Everybody whom somebody asks a token for is a user of it. */
export interface UserPool {
  readonly clients: readonly PoolClient[];
  /** Asks the function of the template what is to be laid over an access token. */
  name(event: object): Promise<unknown>;
}

const Pool = z.object({
  LambdaConfig: z.object({ PreTokenGenerationConfig: z.object({ LambdaArn: z.string() }) }),
});
const Client = z.object({
  AllowedOAuthFlows: z.array(z.string()),
  AllowedOAuthScopes: z.array(z.string()),
});

/** The user pool of the template, where it has one. */
export function userPoolOf(deployment: Deployment, functions: Functions): UserPool | undefined {
  const [pool] = deployment.resources('AWS::Cognito::UserPool', Pool);
  if (!pool) return undefined;
  const { LambdaArn: namer } = pool.properties.LambdaConfig.PreTokenGenerationConfig;
  return {
    clients: deployment
      .resources('AWS::Cognito::UserPoolClient', Client)
      .map(({ ref, properties }) => ({
        id: ref,
        isSystem: properties.AllowedOAuthFlows.includes('client_credentials'),
        scopes: properties.AllowedOAuthScopes,
      })),
    name: (event) => functions.get(namer).invoke(event),
  };
}

const Answer = z.object({
  response: z.object({
    claimsAndScopeOverrideDetails: z.object({
      accessTokenGeneration: z.object({
        claimsToAddOrOverride: z.record(z.string(), z.string()),
        scopesToSuppress: z.array(z.string()),
      }),
    }),
  }),
});

/**
 * Claims of an access token as Amazon Cognito writes them: no audience, and of who it is for only what the function adds.
 *
 * @throws Error when the pool has no client that the bearer could have come by, as Cognito would refuse him
 */
export async function poolClaimsOf(
  request: TokenRequest,
  pool: UserPool,
): Promise<Readonly<Record<string, unknown>>> {
  const { sub, scope, auth_time: signedInAt } = claimsOf(request);
  const client = clientFor(request, pool);
  const asked = String(scope)
    .split(' ')
    .map((word) => `${SCOPE_PREFIX}/${word}`);
  const scopes = client.scopes.filter((each) => each === 'openid' || asked.includes(each));
  const groups = [request.kind];
  const answer = Answer.parse(
    await pool.name({
      version: '3',
      triggerSource: client.isSystem
        ? 'TokenGeneration_ClientCredentials'
        : 'TokenGeneration_HostedAuth',
      request: client.isSystem
        ? { scopes }
        : {
            userAttributes: { sub, ...attributesOf(request) },
            groupConfiguration: { groupsToOverride: groups },
            scopes,
          },
      response: {},
    }),
  );
  const naming = answer.response.claimsAndScopeOverrideDetails.accessTokenGeneration;
  return {
    ...(client.isSystem
      ? { sub: client.id }
      : { sub, username: sub, 'cognito:groups': groups, auth_time: signedInAt }),
    token_use: 'access',
    version: 2,
    client_id: client.id,
    scope: scopes.filter((each) => !naming.scopesToSuppress.includes(each)).join(' '),
    ...naming.claimsToAddOrOverride,
  };
}

/** A system comes by the client of its name, without one by the first. */
function clientFor({ kind, subject }: TokenRequest, { clients }: UserPool): PoolClient {
  const isSystem = kind === 'system';
  const client = clients.find(
    (each) =>
      each.isSystem === isSystem && (!isSystem || subject === undefined || each.id === subject),
  );
  if (!client) throw new Error(`The user pool has no client for ${subject ?? kind}`);
  return client;
}

/** As the staff writes them. */
const attributesOf = ({ patient, authority }: TokenRequest): Readonly<Record<string, string>> => ({
  ...(patient !== undefined && { [CALLER_ATTRIBUTES.patient]: patient }),
  ...(authority && { [CALLER_ATTRIBUTES.relationship]: authority.relationship }),
  ...(authority?.until !== undefined && { [CALLER_ATTRIBUTES.authorityUntil]: authority.until }),
});
