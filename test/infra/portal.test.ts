import { describe, expect, test } from '@jest/globals';
import { all, outputsWith, resourcesWith } from './support/changed-stage.ts';
import { named, statementsOf, type Resource } from './support/templates.ts';

const DOMAIN = {
  name: 'share.example.org',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1-2',
};
const COUNTRIES = ['US', 'PR'];
const ISSUER = {
  identity: 'issuer' as const,
  issuerUrl: 'https://login.example.org/',
  audience: 'api',
  domain: { name: 'api.example.org', certificateArn: DOMAIN.certificateArn },
  portal: {
    domain: DOMAIN,
    countries: COUNTRIES,
    clientId: 'portal',
    authorizeUrl: 'https://login.example.org/authorize',
    tokenUrl: 'https://login.example.org/oauth/token',
  },
};

const ofPortal = (resources: readonly Resource[], type: string): readonly Resource[] =>
  all(resources, type).filter(({ stack }) => stack === 'Portal');
const one = (resources: readonly Resource[], type: string): Resource['properties'] => {
  const [found, ...more] = ofPortal(resources, type);
  if (!found || more.length > 0) throw new Error(`There is not exactly one ${type}`);
  return found.properties;
};

/** With a user pool, and pages of which the name is known; and the same without a name. */
const NAMED = { portalUrls: [], portal: { domain: DOMAIN, countries: ['US'] } };
const NAMELESS = { portalUrls: [], portal: { countries: ['US'] } };

const sandbox = resourcesWith();
const production = resourcesWith({ deployment: ISSUER });

const distributionOf = (resources: readonly Resource[]) =>
  one(resources, 'AWS::CloudFront::Distribution')['DistributionConfig'];

const policyOf = (resources: readonly Resource[], name: string) => {
  const policies = ofPortal(resources, 'AWS::CloudFront::ResponseHeadersPolicy');
  const found = policies.find(({ id }) => id.includes(name));
  return { id: found?.id ?? '', ...found?.properties['ResponseHeadersPolicyConfig'] };
};

/** A text of a template in which the only parameter is where tokens are. */
function resolved(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value as object);
  switch (name) {
    case 'Ref':
      return argument === 'TokenUrl' ? ISSUER.portal.tokenUrl : '';
    case 'Fn::Join':
      return argument[1].map(resolved).join(argument[0]);
    case 'Fn::Select':
      return (
        resolved(argument[1]['Fn::Split'][1]).split(argument[1]['Fn::Split'][0])[argument[0]] ?? ''
      );
    default:
      throw new Error(`This test does not know ${name}`);
  }
}

describe('without the setting', () => {
  test('there is nothing of it', () => {
    const without = resourcesWith({ deployment: { portal: undefined } });
    expect(without.filter(({ type }) => type.includes('CloudFront'))).toEqual([]);
    expect(without.filter(({ stack }) => stack === 'Portal')).toEqual([]);
  });
});

describe.each([
  ['sandbox', sandbox],
  ['production', production],
])('the bucket of the pages of %s', (_, resources) => {
  test('can be read by this distribution alone', () => {
    const statements = ofPortal(resources, 'AWS::S3::BucketPolicy').flatMap(({ properties }) =>
      statementsOf(properties['PolicyDocument']),
    );
    const allowed = statements.filter(({ effect }) => effect === 'Allow');
    expect(allowed).toEqual([
      expect.objectContaining({
        actions: ['s3:GetObject'],
        principal: { Service: 'cloudfront.amazonaws.com' },
        resources: ['PortalBucket/*'],
      }),
    ]);
    expect(JSON.stringify(allowed[0]?.conditions)).toMatch(/:distribution\/.*DistributionPages/);
  });

  test('is an origin by access control, with signed requests always', () => {
    expect(one(resources, 'AWS::CloudFront::OriginAccessControl')).toMatchObject({
      OriginAccessControlConfig: {
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    });
    const [files] = distributionOf(resources).Origins;
    expect(files.S3OriginConfig).toEqual({ OriginAccessIdentity: '' });
    expect(named(files.OriginAccessControlId)).toMatch(/^DistributionAccess/);
  });

  test('can give back for a month what was put over', () => {
    const bucket = one(resources, 'AWS::S3::Bucket');
    expect(bucket['VersioningConfiguration']).toEqual({ Status: 'Enabled' });
    expect(bucket['LifecycleConfiguration']).toEqual({
      Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 30 }, Status: 'Enabled' }],
    });
  });
});

describe('what a browser is told with a page', () => {
  const policy = policyOf(production, 'Pages');
  const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = policy;

  test('what it may do, to the letter', () => {
    expect(resolved(security.ContentSecurityPolicy.ContentSecurityPolicy)).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' https://login.example.org; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  });

  test('with a user pool it may ask that for tokens, and nobody else', () => {
    const { SecurityHeadersConfig: there } = policyOf(sandbox, 'Pages');
    const said = JSON.stringify(there.ContentSecurityPolicy.ContentSecurityPolicy);
    expect(said).toContain('.auth.us-east-1.amazoncognito.com/oauth2/token');
    expect(said).not.toMatch(/unsafe|\*/);
  });

  test('to come by TLS for two years, to believe types, and to say nothing of where it was', () => {
    expect(security).toMatchObject({
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 2 * 365 * 24 * 3600,
        IncludeSubdomains: false,
        Override: true,
      },
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
    });
  });

  test('to keep it apart from pages of others', () => {
    expect(custom.Items).toEqual(
      expect.arrayContaining([
        { Header: 'Cross-Origin-Opener-Policy', Value: 'same-origin', Override: true },
        { Header: 'Cross-Origin-Resource-Policy', Value: 'same-origin', Override: true },
      ]),
    );
    expect(policy).not.toHaveProperty('CorsConfig');
  });

  test('the component alone is for pages of others, and without what they know of anybody', () => {
    const component = policyOf(production, 'Component');
    expect(component.CorsConfig).toMatchObject({
      AccessControlAllowOrigins: { Items: ['*'] },
      AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
      AccessControlAllowCredentials: false,
      OriginOverride: true,
    });
    expect(component.CustomHeadersConfig.Items).toEqual([
      { Header: 'Cross-Origin-Resource-Policy', Value: 'cross-origin', Override: true },
    ]);
    const { DefaultCacheBehavior: usual, CacheBehaviors: others } = distributionOf(production);
    const under = [usual, ...others].filter(
      (each) => each.ResponseHeadersPolicyId && named(each.ResponseHeadersPolicyId) === named({ Ref: component.id }), // prettier-ignore
    );
    expect(under.map(({ PathPattern: pattern }) => pattern)).toEqual(['/share-with-direct*']);
  });
});

describe('CloudFront', () => {
  const config = distributionOf(production);
  const toApi = config.CacheBehaviors.find((each: { PathPattern: string }) => each.PathPattern === '/v1/*'); // prettier-ignore

  test('takes calls of the API at the same name, with all that they say, and keeps none', () => {
    expect(toApi).toMatchObject({
      // CachingDisabled and AllViewerExceptHostHeader, as AWS numbers them.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'https-only',
    });
    expect(toApi.AllowedMethods).toHaveLength(7);
    expect(toApi).not.toHaveProperty('ResponseHeadersPolicyId');
    const origin = config.Origins.find(({ Id: id }: { Id: string }) => id === toApi.TargetOriginId);
    expect(origin.CustomOriginConfig).toEqual({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
    expect(origin.DomainName).toBe('api.example.org');
  });

  test('calls the API by the name that the gateway gave, where it has none of its own', () => {
    const { Origins: origins } = distributionOf(sandbox);
    expect(JSON.stringify(origins[1].DomainName)).toContain('ApiEndpoint');
  });

  test('puts nothing in the place of what the API answers, and writes nothing down', () => {
    expect(config).not.toHaveProperty('CustomErrorResponses');
    expect(config).not.toHaveProperty('Logging');
  });

  test('lets browsers in by TLS 1.2 at the name of the setting', () => {
    expect(config.Aliases).toEqual([DOMAIN.name]);
    expect(config.ViewerCertificate).toEqual({
      AcmCertificateArn: DOMAIN.certificateArn,
      MinimumProtocolVersion: 'TLSv1.2_2021',
      SslSupportMethod: 'sni-only',
    });
  });

  test('from the countries of the setting', () => {
    expect(config.Restrictions.GeoRestriction).toEqual({
      Locations: COUNTRIES,
      RestrictionType: 'whitelist',
    });
  });
});

const signInOf = (resources: readonly Resource[]) =>
  one(resources, 'Custom::PublishedPortal')['SignIn'];

describe('what the pages know to sign somebody in', () => {
  const SCOPES =
    'address.check consent.read consent.write patient.read request.read request.write status.read';

  test('with an issuer of somebody else’s comes from the settings', () => {
    expect(JSON.parse(named(signInOf(production)))).toEqual({
      clientId: 'PortalClient',
      authorizeUrl: 'AuthorizeUrl',
      tokenUrl: 'TokenUrl',
      scope: SCOPES,
    });
  });

  test('with a user pool is the pool’s, scopes in its form', () => {
    const said = JSON.stringify(signInOf(sandbox));
    expect(said).toContain('amazoncognito.com/oauth2/authorize');
    expect(said).toContain('amazoncognito.com/logout');
    const scope = SCOPES.split(' ').map((each) => `transmit/${each}`);
    expect(said).toContain(scope.join(' '));
  });

  test('lets a pool send people back to both pages, where their name is known', () => {
    const clients = all(resourcesWith({ deployment: NAMED }), 'AWS::Cognito::UserPoolClient');
    const portal = clients.find(({ properties }) => properties['ClientName'] === 'portal');
    expect(portal?.properties['CallbackURLs']).toEqual([
      'https://share.example.org/share',
      'https://share.example.org/provider',
    ]);
  });

  test('a pool that sends nobody back has no client for them', () => {
    const without = resourcesWith({ deployment: NAMELESS });
    expect(JSON.stringify(signInOf(without))).toContain(String.raw`{\"clientId\":\"\",`);
  });
});

describe('at the end of a deployment', () => {
  test('one is told where the pages are, and what the name must lead to', () => {
    expect(outputsWith()['PortalUrl']).toMatch(/^https:\/\/DistributionPages/);
    expect(outputsWith()).not.toHaveProperty('PortalName');
    const { PortalUrl: url, PortalName: name } = outputsWith({ deployment: NAMED });
    expect([url, name]).toEqual(['https://share.example.org', expect.stringMatching(/^Distribution/)]); // prettier-ignore
  });

  test.each([
    ['a user pool without a domain', NAMELESS, /deployment\.portalUrls, and deploy again/],
    ['an issuer', ISSUER, /Register .* with the issuer/],
    ['a domain', NAMED, /what the output PortalName names/],
  ])('with %s one is told what is left to do', (_, deployment, step) => {
    expect(outputsWith({ deployment })['NextSteps']).toMatch(step);
  });
});
