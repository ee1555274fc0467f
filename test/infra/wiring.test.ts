import { describe, expect, test } from '@jest/globals';
import { KEPT_FOLDER, MAIL_FOLDERS } from '../../shared/notification/channel.ts';
import {
  named,
  SANDBOX,
  sandboxResources,
  statementsOf,
  type Resource,
} from './support/templates.ts';

const resources = sandboxResources();

const one = (type: string, id: RegExp): Resource['properties'] => {
  const [found, ...more] = resources.filter((each) => each.type === type && id.test(each.id));
  if (!found || more.length > 0) throw new Error(`There is not exactly one ${type} ${id}`);
  return found.properties;
};

const inMailStack = (type: string) =>
  resources.find((each) => each.type === type && each.stack === 'Mail');

describe('the stream', () => {
  const ring = one('AWS::Lambda::EventSourceMapping', /^Ring/);
  const report = one('AWS::Lambda::EventSourceMapping', /^Report/);

  test.each([
    [
      'rings for triggers, transmissions, messages to webhooks and answers to letters',
      ring,
      ['trigger', 'transmission', 'delivery', 'answer'],
    ],
    ['tells of facts, milestones and deeds', report, ['fact', 'milestone', 'deed']],
  ])('%s that are new, and does nothing else', (_, source, kinds) => {
    const patterns = source.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) =>
      JSON.parse(Pattern),
    );
    expect(patterns).toEqual([
      { eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: kinds } } } },
    ]);
  });

  test.each([
    ['ring', ring, { MaximumRetryAttempts: 10, MaximumRecordAgeInSeconds: 3600 }],
    // Nobody tells it again: so it is tried for as long as may be.
    ['report', report, { MaximumRecordAgeInSeconds: 6 * 3600 }],
  ])('%s: a record that keeps failing is cut out and set aside', (name, source, retries) => {
    expect(source).toMatchObject({ BisectBatchOnFunctionError: true, ...retries });
    const destination = named(source.DestinationConfig.OnFailure.Destination);
    expect(destination.toLowerCase()).toBe(`${name}deadletters`);
  });

  test('what is told goes on until the record is too old, however often it failed', () => {
    expect(report).not.toHaveProperty('MaximumRetryAttempts');
  });

  test('what is told comes in batches that fit one entry of the audit', () => {
    expect(report.BatchSize).toBe(20);
  });

  test('has two readers, of the two that DynamoDB allows', () => {
    const sources = resources.filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping');
    const readers = sources.filter(({ properties }) => properties.StartingPosition);
    expect(readers).toHaveLength(2);
  });

  test.each([ring, report])(
    'is read from its beginning, so that nothing written before the function existed is missed',
    (source) => {
      expect(source.StartingPosition).toBe('TRIM_HORIZON');
    },
  );
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

  test('what waits for strangers holds up nobody else: one message at a time', () => {
    expect(one('AWS::Lambda::EventSourceMapping', /^MatchTriggers/).BatchSize).toBe(1);
    expect(one('AWS::Lambda::EventSourceMapping', /^ReceiveNotification/).BatchSize).toBe(1);
    expect(one('AWS::Lambda::EventSourceMapping', /^DeliverWebhook/).BatchSize).toBe(1);
  });

  test.each([/^DeliverWebhook/, /^ReceiveNotification/])(
    'whom strangers can keep busy takes no more of the account than a small part: %s',
    (name) => {
      const source = one('AWS::Lambda::EventSourceMapping', name);
      expect(source.ScalingConfig.MaximumConcurrency).toBe(20);
    },
  );
});

describe('mail that comes in', () => {
  const mail = one('AWS::S3::Bucket', /^MailBucket/);

  test('is taken for the senders only, and lies in its bucket as it came', () => {
    const { Rule } = one('AWS::SES::ReceiptRule', /^Inbound/);
    expect(Rule).toMatchObject({ Enabled: true, Recipients: ['records@direct.example.org'] });
    const { BucketName: bucket, ObjectKeyPrefix: folder } = Rule.Actions[0].S3Action;
    expect([named(bucket), folder]).toEqual(['MailBucket', MAIL_FOLDERS.received]);
  });

  test('SES writes into its own folder, and no other: what a HISP says is not to be had by writing to us', () => {
    const { PolicyDocument: document } = one('AWS::S3::BucketPolicy', /^MailBucket/);
    const writes = statementsOf(document).filter(({ actions }) => actions.includes('s3:PutObject'));
    expect(writes.map(({ principal, resources: targets }) => [principal, targets])).toEqual([
      [{ Service: 'ses.amazonaws.com' }, ['MailBucket/received/*']],
    ]);
  });

  test('lies under a key of its own, and so does what is said about it', () => {
    const [rule] = mail.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(named(rule.ServerSideEncryptionByDefault.KMSMasterKeyID)).toBe('Key');
    expect(named(one('AWS::SQS::Queue', /^ReceiveNotificationQueue/).KmsMasterKeyId)).toBe('Key');
  });

  test('is announced to the queue of the function that reads notices', () => {
    const announced: readonly Resource['properties'][] =
      mail.NotificationConfiguration.QueueConfigurations;
    for (const { Event, Queue } of announced) {
      expect(Event).toBe('s3:ObjectCreated:*');
      expect(named(Queue)).toBe('ReceiveNotificationQueue');
    }
    // What the reader itself keeps would else come back to it for ever.
    const folders = announced.map(({ Filter }) => Filter.S3Key.Rules);
    expect(folders).toEqual(
      Object.values(MAIL_FOLDERS).map((value) => [{ Name: 'prefix', Value: value }]),
    );
  });

  test('is there for ninety days, and what is kept for staff for a year', () => {
    const rules: readonly Resource['properties'][] = mail.LifecycleConfiguration.Rules;
    expect(rules.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays])).toEqual([
      ...Object.values(MAIL_FOLDERS).map((folder) => [folder, 90]),
      [KEPT_FOLDER, 365],
    ]);
  });

  test('the bucket is made after the queue takes its messages, the rule after the bucket takes its mail', () => {
    expect(inMailStack('AWS::S3::Bucket')?.dependsOn).toContain('ReceiveNotificationQueuePolicy');
    expect(inMailStack('AWS::SES::ReceiptRule')?.dependsOn).toContain('MailBucketPolicy');
  });

  test('needs no function of the construct library', () => {
    const ours = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
    expect(ours.filter(({ properties }) => !properties.FunctionName)).toEqual([]);
    const custom = resources.filter(({ type }) => type.startsWith('Custom::'));
    expect(custom.map(({ properties }) => named(properties.ServiceToken))).toEqual([
      'InboundReceiptActivationWorkerFunction',
      'PublishWorkerFunction',
    ]);
  });
});

describe('a document that is uploaded', () => {
  const bucket = one('AWS::S3::Bucket', /^UploadsBucket/);
  const denied = statementsOf(one('AWS::S3::BucketPolicy', /^UploadsBucket/).PolicyDocument)
    .filter(({ effect, actions }) => effect === 'Deny' && actions.includes('s3:PutObject'))
    .map(({ principal, resources: targets, conditions }) => [principal, targets, conditions]);

  test('comes by a form that was signed minutes ago, under the key of uploads, and in no other way', () => {
    expect(denied).toEqual(
      [
        { StringNotEquals: { 's3:authType': 'POST' } },
        { NumericGreaterThan: { 's3:signatureAge': '960000' } },
        { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
        {
          StringNotEquals: {
            's3:x-amz-server-side-encryption-aws-kms-key-id': expect.anything(),
          },
        },
      ].map((conditions) => [{ AWS: '*' }, ['UploadsBucket/*'], conditions]),
    );
  });

  test('is announced to the queue of the function that takes it in, from its folder alone', () => {
    const announced: readonly Resource['properties'][] =
      bucket.NotificationConfiguration.QueueConfigurations;
    expect(announced.map(({ Event, Queue }) => [Event, named(Queue)])).toEqual([
      ['s3:ObjectCreated:*', 'AcceptUploadQueue'],
    ]);
    expect(announced.map(({ Filter }) => Filter.S3Key.Rules)).toEqual([
      [{ Name: 'prefix', Value: 'incoming/' }],
    ]);
    const made = resources.find(
      ({ type, stack }) => type === 'AWS::S3::Bucket' && stack === 'Upload',
    );
    expect(made?.dependsOn).toContain('AcceptUploadQueuePolicy');
  });
});

describe('what SES says of copies', () => {
  const topic = one('AWS::SNS::Topic', /^RelayEvents/);
  const topicArn = 'arn:aws:sns:us-east-1:AWS::AccountId:direct-transmit-sandbox-relay-events';

  test('goes to a topic under the key of the mail, and as it is to the queue of its reader', () => {
    expect(topic.TopicName).toBe('direct-transmit-sandbox-relay-events');
    expect(named(topic.KmsMasterKeyId)).toBe('Key');
    const subscription = one('AWS::SNS::Subscription', /^RelayEvents/);
    expect(subscription).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
    expect(named(subscription.TopicArn)).toBe('RelayEventsTopic');
    expect(named(subscription.Endpoint)).toBe('ReceiveRelayEventQueue');
    const source = one('AWS::Lambda::EventSourceMapping', /^ReceiveRelayEvent/);
    expect(named(source.EventSourceArn)).toBe('ReceiveRelayEventQueue');
  });

  test('is published by SES for our own configuration set alone', () => {
    const { PolicyDocument: document } = one('AWS::SNS::TopicPolicy', /^RelayEvents/);
    const allowed = statementsOf(document).filter(({ effect }) => effect === 'Allow');
    expect(allowed).toHaveLength(1);
    expect(allowed[0]?.principal).toEqual({ Service: 'ses.amazonaws.com' });
    expect(named(allowed[0]?.conditions['StringEquals']?.['aws:SourceArn'])).toBe(
      'arn:aws:ses:us-east-1:AWS::AccountId:configuration-set/direct-transmit-sandbox',
    );
  });

  test.each([
    ['ses', 'kms:EncryptionContext:aws:sns:topicArn'],
    ['sns', 'aws:SourceArn'],
  ])('%s may use the key for that topic', (service, condition) => {
    const keys = resources.filter((each) => each.type === 'AWS::KMS::Key' && each.stack === 'Mail');
    const allowed = keys
      .flatMap(({ properties }) => statementsOf(properties.KeyPolicy))
      .filter(({ principal }) => JSON.stringify(principal).includes(`"${service}.amazonaws.com"`))
      .map(({ conditions }) => conditions['StringEquals']?.[condition])
      .filter((value) => value !== undefined);
    expect(allowed.map(named)).toEqual([topicArn]);
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

  test.each([/^Addresses/, /^TransmitRequests/, /^MatchTriggers/])(
    'whoever says whether an address can be reached knows who operates the way, and gets no further: %s',
    (id) => {
      const { Variables: variables } = one('AWS::Lambda::Function', id).Environment;
      expect(variables.RELAY_URL).toEqual({ Ref: 'RelayUrl' });
      expect(variables).not.toHaveProperty('RELAY_SECRET');
    },
  );

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
