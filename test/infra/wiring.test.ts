import { describe, expect, test } from '@jest/globals';
import { named, SANDBOX, sandboxResources, type Resource } from './support/templates.ts';

const resources = sandboxResources();

const one = (type: string, id: RegExp): Resource['properties'] => {
  const [found, ...more] = resources.filter((each) => each.type === type && id.test(each.id));
  if (!found || more.length > 0) throw new Error(`There is not exactly one ${type} ${id}`);
  return found.properties;
};

const inMailStack = (type: string) =>
  resources.find((each) => each.type === type && each.stack === 'Mail');

describe('the stream', () => {
  const source = one('AWS::Lambda::EventSourceMapping', /^Ring/);

  test('rings for triggers and transmissions that are new, and for nothing else', () => {
    const patterns = source.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) =>
      JSON.parse(Pattern),
    );
    expect(patterns).toEqual([
      {
        eventName: ['INSERT'],
        dynamodb: { NewImage: { kind: { S: ['trigger', 'transmission'] } } },
      },
    ]);
  });

  test('is not held up by a record that keeps failing: it is cut out and set aside', () => {
    expect(source).toMatchObject({
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 3600,
    });
    expect(named(source.DestinationConfig.OnFailure.Destination)).toBe('RingDeadLetters');
  });

  test('is read from its beginning, so that nothing written before the function existed is missed', () => {
    expect(source.StartingPosition).toBe('TRIM_HORIZON');
  });
});

describe('the clock', () => {
  test('sweeps each minute, and a sweep that fails is not repeated', () => {
    const rule = one('AWS::Events::Rule', /^Sweep/);
    expect(rule.ScheduleExpression).toBe('rate(1 minute)');
    expect(rule.Targets).toHaveLength(1);
    expect(named(rule.Targets[0].Arn)).toBe('SweepWorkerFunction');
    expect(rule.Targets[0].RetryPolicy.MaximumRetryAttempts).toBe(0);
    expect(one('AWS::Lambda::EventInvokeConfig', /^Sweep/).MaximumRetryAttempts).toBe(0);
  });

  test('has what trust goes by refreshed each day', () => {
    const rule = one('AWS::Events::Rule', /^RefreshTrust/);
    expect(rule.ScheduleExpression).toBe('rate(1 day)');
    expect(named(rule.Targets[0].Arn)).toBe('RefreshTrustWorkerFunction');
  });
});

describe('the queues', () => {
  test('the sender takes one message at a time, and as many at once as the relay can take', () => {
    const source = one('AWS::Lambda::EventSourceMapping', /^SendTransmission/);
    expect(source.BatchSize).toBe(1);
    expect(source.ScalingConfig.MaximumConcurrency).toBe(SANDBOX.deployment.sendConcurrency);
  });
});

describe('mail that comes in', () => {
  const mail = one('AWS::S3::Bucket', /^MailBucket/);

  test('is taken for the senders only, and lies in its bucket as it came', () => {
    const { Rule } = one('AWS::SES::ReceiptRule', /^Inbound/);
    expect(Rule).toMatchObject({ Enabled: true, Recipients: ['records@direct.example.org'] });
    expect(named(Rule.Actions[0].S3Action.BucketName)).toBe('MailBucket');
  });

  test('lies under a key of its own, and so does what is said about it', () => {
    const [rule] = mail.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(named(rule.ServerSideEncryptionByDefault.KMSMasterKeyID)).toBe('Key');
    expect(named(one('AWS::SQS::Queue', /^ReceiveNotificationQueue/).KmsMasterKeyId)).toBe('Key');
  });

  test('is announced to the queue of the function that reads notices', () => {
    const [{ Event, Queue }] = mail.NotificationConfiguration.QueueConfigurations;
    expect(Event).toBe('s3:ObjectCreated:*');
    expect(named(Queue)).toBe('ReceiveNotificationQueue');
  });

  test('the bucket is made after the queue takes its messages, the rule after the bucket takes its mail', () => {
    expect(inMailStack('AWS::S3::Bucket')?.dependsOn).toContain('ReceiveNotificationQueuePolicy');
    expect(inMailStack('AWS::SES::ReceiptRule')?.dependsOn).toContain('MailBucketPolicy');
  });

  test('needs no function of the construct library', () => {
    const ours = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
    expect(ours.filter(({ properties }) => !properties.FunctionName)).toEqual([]);
    expect(resources.filter(({ type }) => type.startsWith('Custom::'))).toEqual([]);
  });
});

describe('the environment of a function', () => {
  test('outside addresses are parameters, everything else is known at deployment', () => {
    const { Variables: variables } = one('AWS::Lambda::Function', /^SendTransmission/).Environment;
    expect(variables.RELAY_URL).toEqual({ Ref: 'RelayUrl' });
    expect(variables.RESOLVERS).toEqual({ Ref: 'Resolvers' });
    expect(named(variables.MAIN_TABLE)).toBe('MainTable');
    expect(variables.SETTINGS_FILE).toBe('settings.json');
  });

  test.each([/^Addresses/, /^TransmitRequests/, /^SendTransmission/, /^ReceiveNotification/])(
    'whoever decides about certificates can look for them, and remembers: %s',
    (id) => {
      const { Variables: variables } = one('AWS::Lambda::Function', id).Environment;
      expect(variables.RESOLVERS).toEqual({ Ref: 'Resolvers' });
      expect(named(variables.SCRATCH_TABLE)).toBe('ScratchTable');
      expect(named(variables.TRUST_BUCKET)).toBe('TrustBucket');
    },
  );
});
