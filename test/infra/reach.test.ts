import { describe, expect, test } from '@jest/globals';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { parseSettings } from '../../shared/settings.ts';
import {
  named,
  resourcesOf,
  SANDBOX,
  sandboxResources,
  statementsOf,
  type Statement,
} from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const resources = sandboxResources();

function statementsFor(name: string, among = resources): Statement[] {
  const functionName = `direct-transmit-sandbox-${name}`;
  const fn = among.find(({ properties }) => properties.FunctionName === functionName);
  if (!fn) throw new Error(`There is no function ${name}`);
  const role = named(fn.properties.Role);
  return among
    .filter(({ type }) => type === 'AWS::IAM::Policy')
    .filter(({ properties }) => properties.Roles.map(named).includes(role))
    .flatMap(({ properties }) => statementsOf(properties.PolicyDocument));
}

/** What a function may do, `action resource`, without its own log and the keys of what it may reach. */
const reachOf = (name: string): string[] =>
  statementsFor(name)
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ actions, resources: targets }) =>
      targets.flatMap((target) => actions.map((action) => `${action} ${target}`)),
    )
    .filter((line) => !/^(kms|logs):/.test(line))
    .sort();

const SES = 'arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:';

const READ = ['dynamodb:GetItem MainTable', 'dynamodb:Query MainTable'];
const READ_AND_WRITE = [
  'dynamodb:ConditionCheckItem MainTable',
  'dynamodb:DeleteItem MainTable',
  'dynamodb:PutItem MainTable',
  ...READ,
];
const CACHE = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'].map(
  (action) => `${action} ScratchTable`,
);
/** What it takes to count callers, and to know what they asked before. */
const DOOR = ['dynamodb:PutItem ScratchTable', 'dynamodb:UpdateItem ScratchTable'];
/** And where no call has a key of its own. */
const COUNT = ['dynamodb:UpdateItem ScratchTable'];
/** What it takes to find certificates and to decide about them. */
const TRUST = [...CACHE, 's3:GetObject TrustBucket/*', 's3:ListBucket TrustBucket'];
const PEPPER = 'secretsmanager:GetSecretValue VaultPepper';
const WEBHOOK = 'secretsmanager:GetSecretValue VaultWebhook';
const BELLS = ['DeliverWebhookQueue', 'MatchTriggersQueue', 'SendTransmissionQueue'].map(
  (queue) => `sqs:SendMessage ${queue}`,
);
const streaming = (deadLetters: string): string[] => [
  'dynamodb:DescribeStream MainTable',
  'dynamodb:GetRecords MainTable',
  'dynamodb:GetShardIterator MainTable',
  'dynamodb:ListStreams MainTable/stream/*',
  `sqs:SendMessage ${deadLetters}`,
];
const taking = (queue: string): string[] =>
  ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'].map(
    (action) => `${action} ${queue}`,
  );

/** The whole of what each function can reach: a line more here is a decision, not an accident. */
const REACH: Readonly<Record<string, readonly string[]>> = {
  'accept-upload': [
    ...READ_AND_WRITE,
    PEPPER,
    ...taking('AcceptUploadQueue'),
    's3:DeleteObject UploadsBucket/incoming/*',
    's3:GetObject UploadsBucket/incoming/*',
    's3:ListBucket UploadsBucket',
    's3:PutObject RecordsBucket/documents/*',
  ],
  'activate-receipt-rules': ['ses:DescribeActiveReceiptRuleSet *', 'ses:SetActiveReceiptRuleSet *'],
  activity: [...READ, ...COUNT, PEPPER],
  addresses: [...TRUST, 'dynamodb:UpdateItem ScratchTable'],
  'api-description': [],
  authorizer: [],
  consents: [...DOOR, ...READ_AND_WRITE, PEPPER],
  'deliver-webhook': [
    ...READ_AND_WRITE,
    ...CACHE,
    WEBHOOK,
    'secretsmanager:GetSecretValue VaultRelay',
    ...taking('DeliverWebhookQueue'),
  ],
  directory: [...READ, ...COUNT, PEPPER],
  events: [...COUNT, ...READ_AND_WRITE, PEPPER],
  'inbound-mail': [...COUNT, 's3:PutObject MailBucket/hisp/*', 's3:PutObject MailBucket/posted/*'],
  'match-triggers': [...READ_AND_WRITE, ...TRUST, ...taking('MatchTriggersQueue')],
  'name-caller': [],
  patients: [...DOOR, ...READ_AND_WRITE, PEPPER],
  'publish-portal': ['s3:PutObject PortalBucket/*'],
  purge: [
    ...READ_AND_WRITE,
    'dynamodb:Query MainTable/index/due',
    's3:DeleteObject MessagesBucket/outgoing/*',
    's3:DeleteObject RecordsBucket/documents/*',
    's3:DeleteObject RecordsBucket/submissions/*',
    's3:ListBucket MessagesBucket',
    's3:ListBucket RecordsBucket',
  ],
  'receive-notification': [
    ...READ_AND_WRITE,
    ...TRUST,
    ...taking('ReceiveNotificationQueue'),
    'dynamodb:UpdateItem ScratchTable',
    's3:GetObject MailBucket/*',
    's3:PutObject MailBucket/kept/*',
    'secretsmanager:GetSecretValue VaultDecryption',
  ],
  'receive-relay-event': [...READ_AND_WRITE, ...taking('ReceiveRelayEventQueue')],
  records: [...COUNT, ...READ_AND_WRITE, PEPPER, 's3:PutObject RecordsBucket/documents/*'],
  'refresh-trust': [
    's3:GetObject TrustBucket/*',
    's3:ListBucket TrustBucket',
    's3:PutObject TrustBucket/*',
  ],
  report: [
    ...READ_AND_WRITE,
    ...streaming('ReportDeadLetters'),
    'dynamodb:GetItem AuditTable',
    'dynamodb:PutItem AuditTable',
    'dynamodb:Query AuditTable',
    'events:PutEvents ReportsBus',
    'sqs:SendMessage MatchTriggersQueue',
  ],
  ring: [...BELLS, ...streaming('RingDeadLetters')],
  'send-transmission': [
    ...READ_AND_WRITE,
    ...TRUST,
    'dynamodb:UpdateItem ScratchTable',
    ...taking('SendTransmissionQueue'),
    PEPPER,
    's3:GetObject MessagesBucket/*',
    's3:GetObject RecordsBucket/*',
    's3:PutObject MessagesBucket/*',
    'secretsmanager:GetSecretValue VaultSigning',
    'secretsmanager:GetSecretValue VaultMessageId',
    'secretsmanager:GetSecretValue VaultRelay',
    'ses:GetSendQuota *',
    `ses:SendRawEmail ${SES}configuration-set/direct-transmit-sandbox`,
    `ses:SendRawEmail ${SES}identity/direct.example.org`,
    `ses:SendRawEmail ${SES}identity/records@direct.example.org`,
  ],
  sweep: [...READ_AND_WRITE, ...BELLS, 'dynamodb:Query MainTable/index/due'],
  transmissions: [...DOOR, ...READ_AND_WRITE, PEPPER, 'sqs:SendMessage SendTransmissionQueue'],
  'transmit-requests': ['dynamodb:UpdateItem ScratchTable', ...READ_AND_WRITE, ...TRUST, PEPPER],
  uploads: [...COUNT, ...READ_AND_WRITE, PEPPER, 's3:PutObject UploadsBucket/incoming/*'],
  webhooks: [...DOOR, ...READ_AND_WRITE, WEBHOOK],
  xdr: [...COUNT, ...READ_AND_WRITE, PEPPER, 's3:PutObject RecordsBucket/submissions/*'],
};

describe('what a function can reach', () => {
  test.each(Object.entries(REACH))('%s: this and nothing else', (name, reach) => {
    expect(reachOf(name)).toEqual([...reach].sort());
  });

  test.each(['activity', 'directory'])(
    '%s reads what lies beside patients, and nothing else',
    (name) => {
      const reading = statementsFor(name).filter(({ resources: targets }) =>
        targets.includes('MainTable'),
      );
      expect(reading.map(({ conditions }) => conditions)).toEqual([
        { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['P#*'] } },
      ]);
    },
  );

  test('nothing that is called from outside places or releases legal holds, or turns switches', () => {
    const writers = Object.entries(REACH)
      .filter(([, reach]) => reach.includes('dynamodb:PutItem MainTable'))
      .map(([name]) => name);
    expect(writers.length).toBeGreaterThan(10);
    for (const name of writers.filter((each) => !['purge', 'sweep'].includes(each))) {
      const denied = statementsFor(name).filter(({ effect }) => effect === 'Deny');
      expect([name, denied]).toMatchObject([
        name,
        [
          {
            actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
            resources: ['MainTable'],
            conditions: {
              'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['HLD#*', 'SWT#*'] },
            },
          },
        ],
      ]);
    }
  });

  test('there is no function that this table leaves out', () => {
    const names = resources
      .filter(({ type }) => type === 'AWS::Lambda::Function')
      .map(({ properties }) =>
        String(properties['FunctionName']).replace('direct-transmit-sandbox-', ''),
      );
    expect(names.sort()).toEqual(Object.keys(REACH).sort());
  });

  test('only readers of what comes in, and whoever brings it, can use the key of the mail', () => {
    const users = Object.keys(REACH).filter((name) =>
      statementsFor(name).some(({ resources: targets }) => targets.includes('Key')),
    );
    expect(users).toEqual(['inbound-mail', 'receive-notification', 'receive-relay-event']);
  });

  test('only the sender can sign with a key in KMS: with those of the settings, and digests of messages only', () => {
    const signingKeys = [1, 2].map((id) => `arn:aws:kms:us-east-1:123456789012:key/${id}`);
    const deployment = { ...SANDBOX.deployment, signingKeys };
    const config = { ...SANDBOX, deployment };
    const among = resourcesOf(directTransmit({ config, outdir: temporaryFolder() }));
    const signing = (name: string) =>
      statementsFor(name, among).filter(({ actions }) => actions.includes('kms:Sign'));

    expect(Object.keys(REACH).filter((name) => signing(name).length > 0)).toEqual([
      'send-transmission',
    ]);
    const conditions = {
      StringEquals: {
        'kms:MessageType': 'DIGEST',
        'kms:SigningAlgorithm': ['RSASSA_PKCS1_V1_5_SHA_256', 'ECDSA_SHA_256'],
      },
    };
    expect(signing('send-transmission')).toMatchObject([
      { actions: ['kms:Sign'], resources: signingKeys, conditions },
    ]);
  });

  test('the sender keeps documents only where the record is fetched from elsewhere', () => {
    const recordSource = {
      kind: 'fhir',
      url: 'https://ehr.example/fhir',
      tokenUrl: 'https://ehr.example/token',
      patientSystem: 'urn:oid:1.2.3',
    };
    const settings = parseSettings({ ...SANDBOX.settings, recordSource });
    const config = { ...SANDBOX, settings };
    const among = resourcesOf(directTransmit({ config, outdir: temporaryFolder() }));
    const puts = statementsFor('send-transmission', among)
      .filter(({ actions }) => actions.includes('s3:PutObject'))
      .flatMap(({ resources: targets }) => targets);
    expect(puts.sort()).toEqual(['MessagesBucket/*', 'RecordsBucket/documents/*']);
  });

  test('nobody can sign where the settings name no key', () => {
    const signers = Object.keys(REACH).filter((name) =>
      statementsFor(name).some(({ actions }) => actions.includes('kms:Sign')),
    );
    expect(signers).toEqual([]);
  });

  test('a function writes to no log but its own', () => {
    for (const name of Object.keys(REACH)) {
      const logs = statementsFor(name).filter(({ actions }) => actions[0]?.startsWith('logs:'));
      expect(logs.flatMap(({ resources: targets }) => targets)).toHaveLength(1);
    }
  });
});
