import { describe, expect, test } from '@jest/globals';
import type { Deployment } from '../../infra/config.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { named, resourcesOf, SANDBOX, statementsOf } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const portalUrls = ['https://portal.example.org/signed-in'];

function deployed(more: Partial<Deployment>) {
  const config = { ...SANDBOX, deployment: { ...SANDBOX.deployment, ...more } };
  const app = directTransmit({ config, outdir: temporaryFolder() });
  const resources = resourcesOf(app);
  const all = (type: string) => resources.filter((each) => each.type === type);
  const clients = all('AWS::Cognito::UserPoolClient');
  return {
    resources,
    all,
    clients,
    client: (name: string) =>
      clients.find(({ properties }) => properties.ClientName === name)?.properties,
    pool: all('AWS::Cognito::UserPool')[0],
    outputs: app.synth().stacks.flatMap(({ template }) => Object.keys(template.Outputs ?? {})),
    /** What other stacks hold on to: it cannot be taken away as long as they do. */
    exports: app
      .synth()
      .stacks.flatMap(({ template }) =>
        Object.values<{ Export?: { Name: string } }>(template.Outputs ?? {}).flatMap(
          ({ Export }) => Export?.Name ?? [],
        ),
      ),
  };
}

const cognito = deployed({ identity: 'cognito', portalUrls, systemClients: ['ehr', 'lab'] });
const { all, client, clients, pool } = cognito;

describe('the user pool', () => {
  test('lets in whom the staff lets in, with a second factor that is no text message', () => {
    expect(pool?.properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  test('asks for strong passwords, and watches for stolen ones', () => {
    expect(pool?.properties).toMatchObject({
      Policies: {
        PasswordPolicy: {
          MinimumLength: 14,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          RequireUppercase: true,
          PasswordHistorySize: 8,
        },
      },
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    });
  });

  test('is not lost by mistake, nor with its stack', () => {
    expect(pool?.properties.DeletionProtection).toBe('ACTIVE');
    expect(pool?.deletionPolicy).toBe('Retain');
  });

  test('has a group for each kind of people', () => {
    const groups = all('AWS::Cognito::UserPoolGroup').map(({ properties }) => properties.GroupName);
    expect(groups.map(String).sort()).toEqual(['admin', 'patient', 'provider', 'representative']);
  });

  test('has the function that names callers say who they are, systems too', () => {
    const { LambdaVersion: version, LambdaArn: target } =
      pool?.properties.LambdaConfig.PreTokenGenerationConfig ?? {};
    expect(version).toBe('V3_0');
    expect(named(target)).toMatch(/NameCallerFunction$/);
    const allowed = all('AWS::Lambda::Permission').filter(
      ({ properties }) => properties.Principal === 'cognito-idp.amazonaws.com',
    );
    expect(allowed.map(({ properties }) => named(properties.SourceArn))).toEqual([pool?.id]);
  });

  test('gives that function nothing but its log', () => {
    const [role] = all('AWS::IAM::Policy').filter(({ id }) => /NameCallerRole/.test(id));
    const statements = statementsOf(role?.properties.PolicyDocument);
    expect(statements.flatMap(({ actions }) => actions)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
  });
});

describe.each(
  clients.map(({ properties }) => [String(properties.ClientName), properties] as const),
)('the client %s', (_, properties) => {
  test('lets nobody write who he is', () => {
    expect(properties.WriteAttributes).toEqual(['locale']);
    expect(properties.AllowedOAuthScopes).not.toContain('aws.cognito.signin.user.admin');
  });

  test('has one way in, by the page of the pool or a secret of its own', () => {
    expect(properties.ExplicitAuthFlows).toEqual(['ALLOW_REFRESH_TOKEN_AUTH']);
    expect(properties.AllowedOAuthFlows).not.toContain('implicit');
    expect(properties.SupportedIdentityProviders).toEqual(['COGNITO']);
  });

  test('says nothing of who has an account, and its tokens are short and can be taken back', () => {
    expect(properties).toMatchObject({
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      AccessTokenValidity: 15,
      TokenValidityUnits: { AccessToken: 'minutes' },
    });
  });
});

const scopesOf = (properties: { AllowedOAuthScopes?: unknown[] } | undefined): string[] =>
  (properties?.AllowedOAuthScopes ?? []).map((each) =>
    typeof each === 'string' ? each : named(each).replace(/^.*\//, ''),
  );

describe('clients', () => {
  test('are the portal and the systems of the settings', () => {
    expect(clients.map(({ properties }) => String(properties.ClientName)).sort()).toEqual([
      'ehr',
      'lab',
      'portal',
    ]);
  });

  test('the portal is public, gets codes, and sends people where the settings say', () => {
    expect(client('portal')).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      CallbackURLs: portalUrls,
    });
    expect(scopesOf(client('portal'))).toEqual(
      expect.arrayContaining(['openid', 'request.write', 'operate.write']),
    );
    expect(scopesOf(client('portal'))).not.toContain('event.write');
  });

  test.each(['ehr', 'lab'])('%s has a secret, and scopes of systems', (name) => {
    expect(client(name)).toMatchObject({
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
    });
    expect(scopesOf(client(name))).toEqual(expect.arrayContaining(['event.write', 'xdr.write']));
    expect(scopesOf(client(name))).not.toContain('request.write');
  });

  test('there is none for people where nobody says where the portal is', () => {
    const without = deployed({ identity: 'cognito', portalUrls: [] });
    expect(without.clients.map(({ properties }) => properties.ClientName)).toEqual(['ehr']);
  });
});

describe('the authorizer', () => {
  test('believes the pool, for its clients', () => {
    const [authorizer] = all('AWS::Lambda::Function').filter(
      ({ properties }) => properties.FunctionName === 'direct-transmit-sandbox-authorizer',
    );
    const { ISSUER_URL: url, AUDIENCE: audience } =
      authorizer?.properties.Environment.Variables ?? {};
    expect(JSON.stringify(url)).toMatch(/ProviderURL/);
    const [, parts] = audience['Fn::Join'] as [string, unknown[]];
    expect(parts.filter((each) => each !== ' ')).toHaveLength(clients.length);
  });

  test('lets a system and the portal go with one deployment: no stack holds on to their clients', () => {
    const fewer = deployed({ identity: 'cognito', portalUrls: [], systemClients: ['ehr'] });
    expect(cognito.exports.length).toBeGreaterThan(20);
    expect(cognito.exports).toEqual(fewer.exports);
  });

  test('no secret of a client is in a template', () => {
    expect(JSON.stringify(cognito.resources)).not.toMatch(/ClientSecret"/);
  });

  test('and people and systems are told where they sign in', () => {
    expect(cognito.outputs).toEqual(
      expect.arrayContaining(['UserPoolId', 'SignInUrl', 'PortalClient', 'SystemClients']),
    );
  });
});

test('a stage with an issuer of somebody else has no user pool', () => {
  const other = deployed({ identity: 'issuer' });
  expect(other.resources.filter(({ type }) => type.startsWith('AWS::Cognito::'))).toEqual([]);
});
