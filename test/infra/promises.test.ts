import { describe, expect, test } from '@jest/globals';
import { named, sandboxResources, statementsOf, type Resource } from './support/templates.ts';

const resources = sandboxResources();

const all = (type: string): Resource[] => {
  const found = resources.filter((each) => each.type === type);
  if (found.length === 0) throw new Error(`There is no ${type} to look at`);
  return found;
};
const eachOf = (type: string) =>
  all(type).map((each) => [`${each.stack}/${each.id}`, each] as const);

/** What may be forgotten at any moment. */
const isScratch = ({ id }: Resource): boolean => id === 'ScratchTable';
/** Where S3 writes who reached for what: it cannot do so under a key of ours. */
const isAccessLogs = ({ id }: Resource): boolean => id === 'AccessLogsBucket';
/** What everybody may read anyway. */
const isPublic = ({ id }: Resource): boolean => id === 'PortalBucket';
const isDeadLetters = ({ id }: Resource): boolean => id.endsWith('DeadLetters');

/** Every resource type that holds data, and where it says with which key. */
const KEYS: Readonly<Record<string, (properties: Resource['properties']) => unknown>> = {
  'AWS::DynamoDB::Table': (table) => table.SSESpecification?.KMSMasterKeyId,
  'AWS::Logs::LogGroup': (group) => group.KmsKeyId,
  'AWS::S3::Bucket': (bucket) =>
    bucket.BucketEncryption?.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault
      .KMSMasterKeyID,
  'AWS::SecretsManager::Secret': (secret) => secret.KmsKeyId,
  'AWS::SNS::Topic': (topic) => topic.KmsMasterKeyId,
  'AWS::SQS::Queue': (queue) => queue.KmsMasterKeyId,
};

describe('what lies somewhere', () => {
  test.each(
    Object.keys(KEYS)
      .flatMap(eachOf)
      .filter(([, each]) => !isAccessLogs(each) && !isPublic(each)),
  )('%s is encrypted with a key of ours', (_, each) => {
    const key = KEYS[each.type]?.(each.properties);
    expect(key && named(key)).toMatch(/^(DataKey|VaultKey|UploadKey|Key)$/);
  });

  test.each(eachOf('AWS::S3::Bucket').filter(([, each]) => !isAccessLogs(each)))(
    '%s has it written down who reached for what, apart from all others',
    (_, { stack, id, properties }) => {
      const { DestinationBucketName, LogFilePrefix } = properties.LoggingConfiguration;
      expect(named(DestinationBucketName)).toBe('AccessLogsBucket');
      expect(LogFilePrefix).toBe(`DirectTransmit-sandbox-${stack}/${id.replace(/Bucket$/, '')}/`);
    },
  );

  test.each(['RecordsBucket', 'TrustBucket'])(
    '%s can give back for a week what was put over or removed, and no longer',
    (id) => {
      const bucket = all('AWS::S3::Bucket').find((each) => each.id === id);
      expect(bucket?.properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
      expect(bucket?.properties.LifecycleConfiguration.Rules).toContainEqual({
        NoncurrentVersionExpiration: { NoncurrentDays: 7 },
        ExpiredObjectDeleteMarker: true,
        Status: 'Enabled',
      });
    },
  );

  test.each(eachOf('AWS::KMS::Key'))('%s is rotated', (_, { properties }) => {
    expect(properties.EnableKeyRotation).toBe(true);
  });

  test.each(
    ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret']
      .flatMap(eachOf)
      .filter(([, each]) => !isScratch(each)),
  )('%s outlives its stack', (_, { deletionPolicy }) => {
    expect(deletionPolicy).toBe('Retain');
  });

  test.each(eachOf('AWS::DynamoDB::Table').filter(([, each]) => !isScratch(each)))(
    '%s can be put back to any second, and cannot be deleted by mistake',
    (_, { properties }) => {
      expect(properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    },
  );

  test('the main table tells of every change, and what was there before', () => {
    const main = all('AWS::DynamoDB::Table').find(({ id }) => id === 'MainTable');
    expect(main?.properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  test('nobody may change or remove what is in the audit, whatever they may otherwise', () => {
    const audit = all('AWS::DynamoDB::Table').find(({ id }) => id === 'AuditTable');
    const [statement, ...more] = statementsOf(audit?.properties.ResourcePolicy.PolicyDocument);
    expect(more).toEqual([]);
    expect(statement).toMatchObject({ effect: 'Deny', principal: { AWS: '*' }, resources: ['*'] });
    expect(statement?.actions).toEqual(
      expect.arrayContaining([
        'dynamodb:DeleteItem',
        'dynamodb:UpdateItem',
        'dynamodb:BatchWriteItem',
      ]),
    );
    expect(statement?.conditions).toEqual({});
  });

  test('the scratch table forgets by itself, tells nobody, and goes with its stack', () => {
    const scratch = all('AWS::DynamoDB::Table').find(isScratch);
    expect(scratch?.properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAtSeconds', Enabled: true },
    });
    expect(scratch?.properties).not.toHaveProperty('StreamSpecification');
    expect(scratch?.deletionPolicy).toBe('Delete');
  });

  test.each(eachOf('AWS::S3::Bucket'))('%s is closed to the public', (_, { properties }) => {
    expect(properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  });

  test.each(['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue'].flatMap(eachOf))(
    '%s is reached over TLS only',
    (_, { stack, id }) => {
      const policies = resources.filter(
        ({ stack: other, properties }) =>
          other === stack &&
          [properties.Queues, properties.Topics, properties.Bucket]
            .flat()
            .some((target) => target && named(target) === id),
      );
      const denied = policies
        .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
        .filter(({ effect }) => effect === 'Deny')
        .map(({ conditions }) => conditions['Bool']?.['aws:SecureTransport']);
      expect(denied).toContain('false');
    },
  );

  test('what passes through is gone after its time, records and anchors stay', () => {
    const kept = all('AWS::S3::Bucket').map(({ id, properties }) => {
      const written: readonly { Prefix?: string; ExpirationInDays?: number }[] =
        properties.LifecycleConfiguration?.Rules ?? [];
      const rules = written.filter(({ ExpirationInDays: days }) => days !== undefined);
      return [
        id,
        Object.fromEntries(rules.map((rule) => [rule.Prefix ?? '', rule.ExpirationInDays])),
      ];
    });
    expect(Object.fromEntries(kept)).toEqual({
      AccessLogsBucket: { '': 400 },
      MailBucket: { 'hisp/': 90, 'kept/': 365, 'posted/': 90, 'received/': 90 },
      // A lifecycle knows of no end of a copy, and of no legal hold: out of these two the purge takes what may go.
      MessagesBucket: {},
      PortalBucket: {},
      RecordsBucket: {},
      TrustBucket: {},
      UploadsBucket: { 'incoming/': 1 },
    });
  });
});

describe('queues', () => {
  test.each(
    all('AWS::SQS::Queue')
      .filter((each) => !isDeadLetters(each))
      .map((each) => [each.id, each] as const),
  )('%s has dead letters', (_, { id, properties }) => {
    expect(properties.RedrivePolicy.maxReceiveCount).toBe(5);
    expect(named(properties.RedrivePolicy.deadLetterTargetArn)).toBe(
      id.replace(/Queue$/, 'DeadLetters'),
    );
  });

  test.each(
    all('AWS::SQS::Queue')
      .filter(isDeadLetters)
      .map((each) => [each.id, each] as const),
  )('%s keeps what failed for 14 days', (_, { properties }) => {
    expect(properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  });

  test('a message stays hidden for six times as long as its function may take', () => {
    const pairs = all('AWS::Lambda::EventSourceMapping').flatMap(({ properties }) => {
      const queue = all('AWS::SQS::Queue').find(
        ({ id }) => id === named(properties.EventSourceArn),
      );
      const fn = all('AWS::Lambda::Function').find(
        ({ id }) => id === named(properties.FunctionName),
      );
      return queue && fn ? [[queue.properties.VisibilityTimeout, 6 * fn.properties.Timeout]] : [];
    });
    expect(pairs).toHaveLength(6);
    for (const [visibility, six] of pairs) expect(visibility).toBe(six);
  });
});

describe('functions', () => {
  test.each(eachOf('AWS::Lambda::Function'))(
    '%s runs Node 24 on arm64, with a role and a log group of its own',
    (_, { id, properties }) => {
      const stem = id.replace(/Function$/, '');
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(named(properties.Role)).toBe(`${stem}Role`);
      expect(named(properties.LoggingConfig.LogGroup)).toBe(`${stem}Log`);
    },
  );

  test.each(eachOf('AWS::Logs::LogGroup'))('%s forgets after the set time', (_, { properties }) => {
    expect(properties.RetentionInDays).toBe(365);
  });

  test.each(eachOf('AWS::Lambda::EventSourceMapping'))(
    '%s returns only the messages that failed',
    (_, { properties }) => {
      expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    },
  );
});

/** SES knows no resource of which the quota, or the active receipt rules, would be asked. */
const OF_THE_ACCOUNT = [
  'ses:GetSendQuota',
  'ses:DescribeActiveReceiptRuleSet,ses:SetActiveReceiptRuleSet',
];

describe('permissions', () => {
  test.each(eachOf('AWS::IAM::Role'))('%s has no policy that AWS manages', (_, { properties }) => {
    expect(properties.ManagedPolicyArns ?? []).toEqual([]);
  });

  test.each(eachOf('AWS::IAM::Policy'))('%s names every action and resource', (_, each) => {
    const statements = statementsOf(each.properties.PolicyDocument);
    expect(statements.flatMap(({ actions }) => actions.filter((one) => one.includes('*')))).toEqual(
      [],
    );
    const ofAll = statements.filter(({ resources: targets }) => targets.includes('*'));
    const meant = ofAll.filter(({ actions }) => OF_THE_ACCOUNT.includes(actions.join()));
    expect(ofAll).toEqual(meant);
  });

  test.each(eachOf('AWS::IAM::Policy'))('%s uses keys through one service each', (_, each) => {
    const keyed = statementsOf(each.properties.PolicyDocument).filter(({ actions }) =>
      actions.some((action) => action.startsWith('kms:')),
    );
    for (const { conditions } of keyed) {
      expect(named(conditions['StringEquals']?.['kms:ViaService'])).toMatch(
        /^(dynamodb|s3|secretsmanager|sqs)\.AWS::Region\.amazonaws\.com$/,
      );
    }
  });

  test.each(
    [
      'AWS::KMS::Key',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::QueuePolicy',
    ].flatMap(eachOf),
  )('%s lets a service of AWS in only on behalf of this account', (_, { properties }) => {
    const document = properties.KeyPolicy ?? properties.PolicyDocument;
    const toServices = statementsOf(document).filter(
      ({ effect, principal }) =>
        effect === 'Allow' && JSON.stringify(principal).includes('Service'),
    );
    for (const { conditions } of toServices) {
      expect(JSON.stringify(conditions)).toContain('AWS::AccountId');
    }
  });
});
