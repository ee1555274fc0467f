import { describe, expect, test } from '@jest/globals';
import { directTransmit } from '../../infra/direct-transmit.ts';
import type { Settings } from '../../shared/settings.ts';
import { named, resourcesOf, SANDBOX, statementsOf, type Resource } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

interface Changes {
  readonly relayUrl?: string;
  readonly settings?: Partial<Settings>;
}

function resourcesWith({ relayUrl, settings = {} }: Changes = {}): readonly Resource[] {
  const config = {
    ...SANDBOX,
    settings: { ...SANDBOX.settings, ...settings },
    deployment: { ...SANDBOX.deployment, ...(relayUrl && { relayUrl }) },
  };
  return resourcesOf(directTransmit({ config, outdir: temporaryFolder() }));
}

const sendingOf = (resources: readonly Resource[]) =>
  resources
    .filter(({ type }) => type === 'AWS::IAM::Policy')
    .flatMap(({ id, properties }) =>
      statementsOf(properties.PolicyDocument).map((statement) => ({ id, ...statement })),
    )
    .filter(({ actions }) => actions.some((action) => /^ses:.*Send/.test(action)));

const one = (resources: readonly Resource[], type: string): Resource => {
  const [found, ...more] = resources.filter((each) => each.type === type);
  if (!found || more.length > 0) throw new Error(`There is not exactly one ${type}`);
  return found;
};

const SES = 'arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:';

/** A relay of one's own. */
const OWN = 'smtps://relay.example.org';

describe('where the relay is SES', () => {
  test.each([
    ['the relay of all', { relayUrl: 'ses:' }],
    ['one of a route', { relayUrl: OWN, settings: routed('ses:') }],
    ['however it is written', { relayUrl: OWN, settings: routed('SES:') }],
  ])('the sender alone may send mail by it: %s', (_, changes) => {
    const [sending, quota, ...more] = sendingOf(resourcesWith(changes));
    expect(more).toEqual([]);
    expect(sending).toMatchObject({
      id: 'SendTransmissionWorkerRoleDefaultPolicy',
      actions: ['ses:SendRawEmail'],
      resources: [
        `${SES}configuration-set/direct-transmit-sandbox`,
        `${SES}identity/direct.example.org`,
        `${SES}identity/records@direct.example.org`,
      ],
      conditions: { StringEquals: { 'ses:FromAddress': ['records@direct.example.org'] } },
    });
    expect(quota).toMatchObject({ actions: ['ses:GetSendQuota'], resources: ['*'] });
  });

  test('elsewhere nobody may', () => {
    expect(sendingOf(resourcesWith({ relayUrl: OWN }))).toEqual([]);
  });
});

function routed(url: string): Partial<Settings> {
  const { relay } = SANDBOX.settings;
  return { relay: { ...relay, routes: { 'clinic.example': url } } };
}

describe('the configuration set of a stage', () => {
  const resources = resourcesWith();
  const set = one(resources, 'AWS::SES::ConfigurationSet');

  test('swallows no copy because an earlier one bounced, and rewrites none', () => {
    expect(set.properties).toMatchObject({
      Name: 'direct-transmit-sandbox',
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: {
        SuppressedReasons: [],
        ValidationOptions: { ConditionThreshold: { ConditionThresholdEnabled: 'DISABLED' } },
      },
    });
    expect(set.properties).not.toHaveProperty('TrackingOptions');
  });

  test.each([
    ['five parts of six of the first deadline', 3600, 3000],
    ['never less than SES takes', 60, 300],
    ['never more than SES takes', 86_400, 50_400],
  ])('gives a copy up before we say that it was late: %s', (_, processedWithinSeconds, bound) => {
    const deadlines = { ...SANDBOX.settings.deadlines, processedWithinSeconds };
    const made = one(resourcesWith({ settings: { deadlines } }), 'AWS::SES::ConfigurationSet');
    expect(made.properties.DeliveryOptions.MaxDeliverySeconds).toBe(bound);
  });

  test('tells our topic what becomes of copies, but not what people do with them', () => {
    const destination = one(resources, 'AWS::SES::ConfigurationSetEventDestination');
    expect(named(destination.properties.ConfigurationSetName)).toBe('CopiesSet');
    const { EventDestination: to } = destination.properties;
    expect(to.Enabled).toBe(true);
    expect(to.MatchingEventTypes.toSorted()).toEqual([
      'bounce',
      'complaint',
      'delivery',
      'deliveryDelay',
      'reject',
      'renderingFailure',
      'send',
    ]);
    expect(named(to.SnsDestination.TopicARN)).toBe(
      'arn:aws:sns:us-east-1:AWS::AccountId:direct-transmit-sandbox-relay-events',
    );
    // SES tries whether it may publish when the destination is made.
    expect(destination.dependsOn).toEqual(
      expect.arrayContaining(['RelayEventsTopic', 'RelayEventsTopicPolicy']),
    );
  });
});
