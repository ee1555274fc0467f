import { describe, expect, test } from '@jest/globals';
import { RefreshedBundles } from '../../infra/constructs/refreshed-bundles.ts';
import type { ScheduledFunction } from '../../infra/constructs/scheduled-function.ts';
import { SesIdentities } from '../../infra/constructs/ses-identities.ts';
import { sesIdentitiesOf } from '../../infra/ses-use.ts';
import type { Settings } from '../../shared/settings.ts';
import {
  all,
  alone,
  outputsWith,
  resourcesWith,
  stageWith,
  type Output,
} from './support/changed-stage.ts';
import { named, SANDBOX, statementsOf } from './support/templates.ts';

const OWN = 'smtps://relay.example.org';

describe('an identity of SES', () => {
  test('is each domain of the senders, with DKIM, a name for bounces, and the configuration set of copies', () => {
    const [identity, ...more] = all(resourcesWith(), 'AWS::SES::EmailIdentity');
    expect(more).toEqual([]);
    expect(identity?.properties).toEqual({
      EmailIdentity: 'direct.example.org',
      ConfigurationSetAttributes: { ConfigurationSetName: { Ref: expect.anything() } },
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
      FeedbackAttributes: { EmailForwardingEnabled: false },
      MailFromAttributes: {
        MailFromDomain: 'bounce.direct.example.org',
        BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      },
    });
    expect(named(identity?.properties.ConfigurationSetAttributes.ConfigurationSetName)).toBe(
      'CopiesSet',
    );
  });

  test('that only takes in mail sends nothing', () => {
    const resources = resourcesWith({ deployment: { relayUrl: OWN } });
    const [identity] = all(resources, 'AWS::SES::EmailIdentity');
    expect(identity?.properties).not.toHaveProperty('MailFromAttributes');
    expect(identity?.properties).not.toHaveProperty('ConfigurationSetAttributes');
  });

  test.each([
    [[], []],
    [['example.org'], ['example.org']],
    [['records@direct.example.org'], ['records@direct.example.org']],
  ])('is what the settings say: %j', (sesIdentities, expected) => {
    const { settings, deployment } = SANDBOX;
    const identities = alone(
      (stack) =>
        new SesIdentities(stack, 'Identities', {
          identities: sesIdentitiesOf({ ...deployment, sesIdentities }, settings),
        }),
    );
    expect(identities.map(({ properties }) => properties.EmailIdentity)).toEqual(expected);
    for (const { properties } of identities) {
      expect('DkimSigningAttributes' in properties).toBe(!properties.EmailIdentity.includes('@'));
    }
  });

  test('of a domain above the sender’s is one that he may send by', () => {
    const resources = resourcesWith({ deployment: { sesIdentities: ['example.org'] } });
    const sending = all(resources, 'AWS::IAM::Policy')
      .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
      .find(({ actions }) => actions.includes('ses:SendRawEmail'));
    expect(sending?.resources.map((arn) => arn.split(':').at(-1))).toEqual([
      'configuration-set/direct-transmit-sandbox',
      'identity/direct.example.org',
      'identity/example.org',
      'identity/records@direct.example.org',
    ]);
  });
});

describe('the outputs', () => {
  const outputs = outputsWith();

  test('have every record of a domain, as lines of a zone file', () => {
    const region = 'AWS::Region';
    expect(outputs['DnsRecordsDirectExampleOrg']?.split('\n')).toEqual([
      expect.stringMatching(/^\w+\. CNAME \w+\.$/),
      expect.stringMatching(/^\w+\. CNAME \w+\.$/),
      expect.stringMatching(/^\w+\. CNAME \w+\.$/),
      `bounce.direct.example.org. MX 10 feedback-smtp.${region}.amazonses.com.`,
      'bounce.direct.example.org. TXT "v=spf1 include:amazonses.com ~all"',
      '_dmarc.direct.example.org. TXT "v=DMARC1; p=none"',
      `direct.example.org. MX 10 inbound-smtp.${region}.amazonaws.com.`,
    ]);
  });

  test('ask for the MX of senders also where SES knows a domain above theirs, or none', () => {
    const above = outputsWith({ deployment: { sesIdentities: ['example.org'] } });
    expect(above['DnsRecordsDirectExampleOrg']).toMatch(/^direct\.example\.org\. MX 10 inbound/);
    expect(above['DnsRecordsExampleOrg']).not.toContain('inbound');
    const none = outputsWith({ deployment: { sesIdentities: [] } });
    expect(none['DnsRecordsDirectExampleOrg']).toMatch(/^direct\.example\.org\. MX 10 inbound/);
  });

  test('say what is left to do, in order', () => {
    expect(outputs['NextSteps']?.split('\n').map((step) => step.split(':')[0])).toEqual([
      '1. Fill the secrets that the outputs SigningSecret and DecryptionSecret name',
      '2. Publish the records that the outputs DnsRecords name, except the MX of the senders.',
      '3. Wait until SES calls each identity verified.',
      '4. Have the consent texts read by counsel before patients see them.',
      '5. Publish the MX of the senders',
      '6. Ask AWS to take SES out of the sandbox',
      '7. Publish the certificates of the senders by DNS or LDAP',
      '8. Add users to the pool that the output UserPoolId names, each to one group.',
      '9. Write /share and /provider under the output PortalUrl into deployment.portalUrls, and deploy again',
      '10. Ask whether all of it holds',
    ]);
  });

  test('ask for the secret of the relay where one has to be shown something', () => {
    expect(outputs['NextSteps']).not.toContain('RelaySecret');
    const own = outputsWith({ deployment: { relayUrl: OWN } });
    expect(own['NextSteps']).toMatch(/\n2\. Fill the secret that the output RelaySecret names/);
    expect(own['NextSteps']).not.toContain('sandbox');
  });

  test('each says what it is for', () => {
    const silent = stageWith()
      .stacks.flatMap(({ template }) =>
        Object.entries((template.Outputs ?? {}) as Record<string, Output>),
      )
      // What stacks read of each other has its name from the construct library.
      .filter(([name]) => !/^(Publish|Exports)Output/.test(name))
      .filter(([, { Description }]) => !Description);
    expect(silent).toEqual([]);
  });
});

const refreshedWith = (settings: Partial<Settings>) =>
  alone((stack) => {
    const fn = { function: { functionArn: 'arn' } } as ScheduledFunction<'refresh-trust'>;
    const given = { ...SANDBOX.settings, ...settings };
    return new RefreshedBundles(stack, 'Bundles', { settings: given, refreshing: fn });
  });

const hash = (settings: Partial<Settings>) =>
  refreshedWith(settings)[0]?.properties.Bundles as string;

describe('bundles of anchors', () => {
  const bundles = [{ name: 'one', url: 'https://bundles.example.org/one.p7b' }];
  const { trust } = SANDBOX.settings;

  test('are fetched when they are deployed, by the function that does so each day', () => {
    const resources = resourcesWith({ settings: { bundles } });
    const [refreshed, ...more] = all(resources, 'Custom::RefreshedTrust');
    expect(more).toEqual([]);
    expect(named(refreshed?.properties.ServiceToken)).toBe('RefreshTrustWorkerFunction');
    expect(Number(refreshed?.properties.ServiceTimeout)).toBeGreaterThan(600);
  });

  test('are fetched again when they, or what is demanded of them, change, and only then', () => {
    const first = hash({ bundles });
    expect(hash({ bundles, trust: { ...trust, domains: {} } })).toBe(first);
    const others = [
      hash({ bundles: [{ name: 'one', url: 'https://bundles.example.org/two.p7b' }] }),
      hash({ bundles: [...bundles, { name: 'two', url: 'https://bundles.example.org/2.p7b' }] }),
      hash({ bundles, trust: { ...trust, allowSha1: true } }),
      hash({ bundles, trust: { ...trust, minimumRsaBits: 3072 } }),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
  });

  test('that are not there are not asked for', () => {
    expect(refreshedWith({ bundles: [] })).toEqual([]);
  });
});
