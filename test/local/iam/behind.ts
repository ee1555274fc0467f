import { startGuarded, withRole, type Guarded, type Resources } from './fixture.ts';

export const KEY = 'arn:aws:kms:us-east-1:000000000000:key/stackkey';
export const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/Main';
export const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
export const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:signing-LoCaL1';

const BEHIND: Resources = {
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } },
  Main: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'Main',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        { IndexName: 'due', KeySchema: [{ AttributeName: 'duePk', KeyType: 'HASH' }] },
      ],
      SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    },
  },
  Audit: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'Audit',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      ResourcePolicy: {
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: 'dynamodb:DeleteItem',
              Resource: '*',
            },
          ],
        },
      },
    },
  },
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'mail',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
        ],
      },
    },
  },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: { QueueName: 'jobs', KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
  },
  Signing: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: 'signing', KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
  },
};

export const allow = (
  actions: string | readonly string[],
  resource: string,
  Condition?: object,
) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
  ...(Condition && { Condition }),
});
export const keyVia = (service: string, ...actions: readonly string[]) =>
  allow(actions, KEY, {
    StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` },
  });

/** The border before what is above, for a worker with a role that allows this. */
export async function behind(statements: readonly object[], more: Resources = {}): Promise<Behind> {
  const guarded = await startGuarded(withRole(statements, { ...BEHIND, ...more }));
  const config = {
    endpoint: guarded.border.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'worker', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  return { ...guarded, config };
}

export interface Behind extends Guarded {
  /** Of a client of the SDK that the worker uses. */
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
}

/** What a call lacks: the action and the resource that its error names. */
export async function lackOf(call: Promise<unknown>): Promise<readonly string[] | 'nothing'> {
  const words = await call.then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (words === undefined) return 'nothing';
  const [, user, ...lacks] = NOT_AUTHORIZED.exec(words) ?? [];
  if (user === WORKER) return lacks;
  throw new Error(`That is no refusal of the worker: ${words}`);
}

const WORKER = 'arn:aws:sts::000000000000:assumed-role/Stack-Role/worker';
const NOT_AUTHORIZED =
  /^User: (\S+) is not authorized to perform: (\S+) on resource: (.*?) because /;
