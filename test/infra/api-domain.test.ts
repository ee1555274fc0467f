import { describe, expect, test } from '@jest/globals';
import type { Deployment } from '../../infra/config.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { resourcesOf, SANDBOX, type Resource } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1-2-3';
const EVERYBODY = { name: 'api.example.org', certificateArn };
const SYSTEMS = {
  name: 'systems.example.org',
  certificateArn,
  truststore: 's3://trusted-callers/ehrs/authorities.pem',
};

function deployed(domains: Pick<Deployment, 'domain' | 'systemsDomain'>) {
  const config = { ...SANDBOX, deployment: { ...SANDBOX.deployment, ...domains } };
  const app = directTransmit({ config, outdir: temporaryFolder() });
  const resources = resourcesOf(app).filter(({ stack }) => stack === 'Api');
  const written = (type: string): Resource[] =>
    resources.filter((each) => each.type === `AWS::ApiGatewayV2::${type}`);
  const all = (type: string) => written(type).map(({ properties }) => properties);
  const template = app.synth().stacks.find(({ stackName }) => stackName.endsWith('-Api'))?.template;
  return { all, written, outputs: template.Outputs as Record<string, { readonly Value: unknown }> };
}

describe('without a name of its own the API', () => {
  const { all, outputs } = deployed({});

  test('is called as the gateway calls it', () => {
    expect(all('DomainName')).toEqual([]);
    expect(all('Api')[0]?.['DisableExecuteApiEndpoint']).not.toBe(true);
    expect(JSON.stringify(outputs['ApiUrl'])).toContain('ApiEndpoint');
  });
});

describe('with a name for everybody the API', () => {
  const { all, outputs } = deployed({ domain: EVERYBODY });

  test('is called by it, and asks nobody for a certificate', () => {
    const [domain, ...more] = all('DomainName');
    expect(more).toEqual([]);
    expect(domain).toMatchObject({
      DomainName: EVERYBODY.name,
      DomainNameConfigurations: [
        { CertificateArn: certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
      ],
    });
    expect(domain).not.toHaveProperty('MutualTlsAuthentication');
    expect(outputs['ApiUrl']?.Value).toBe('https://api.example.org');
  });

  test('can still be called by the other', () => {
    expect(all('Api')[0]?.['DisableExecuteApiEndpoint']).not.toBe(true);
  });
});

describe.each([
  ['beside the one for everybody', { domain: EVERYBODY, systemsDomain: SYSTEMS }],
  ['that is for everybody', { domain: SYSTEMS }],
])('with a name for systems with a certificate, %s, the API', (_, domains) => {
  const { all, written } = deployed(domains);

  test('asks for one there', () => {
    const domain = all('DomainName').find(({ DomainName: name }) => name === SYSTEMS.name);
    expect(domain?.['MutualTlsAuthentication']).toEqual({ TruststoreUri: SYSTEMS.truststore });
  });

  test('reads the version of the truststore that the settings name', () => {
    const versioned = { ...SYSTEMS, truststoreVersion: 'v2' };
    const [domain] = deployed({ domain: versioned }).all('DomainName');
    expect(domain?.['MutualTlsAuthentication']).toEqual({
      TruststoreUri: SYSTEMS.truststore,
      TruststoreVersion: 'v2',
    });
  });

  test('cannot be called by the name that the gateway gives, which would ask for none', () => {
    expect(all('Api')[0]?.['DisableExecuteApiEndpoint']).toBe(true);
  });

  test('answers on its one stage under each name', () => {
    const names = Object.values(domains).map(({ name }) => name);
    const mappings = written('ApiMapping');
    expect(mappings).toHaveLength(names.length);
    for (const { properties, dependsOn } of mappings) {
      expect(properties).toMatchObject({ Stage: '$default' });
      expect(properties).not.toHaveProperty('ApiMappingKey');
      expect(dependsOn).toContain('HttpStage');
    }
  });
});
