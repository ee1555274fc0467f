import type { Resource } from './template.ts';

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** What a resource is called where it runs: the answers to `Ref` and `Fn::GetAtt`. */
export interface Physical {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where the engines listen: what an id may need beside its name. */
export interface Endpoints {
  /** Of the queue engine, without a slash at the end. */
  readonly queues: string;
  /** Of the HTTP API, without a slash at the end. */
  readonly api: string;
}

interface Naming {
  readonly name: string;
  readonly endpoints: Endpoints;
  /** A property that is already plain text, or nothing. */
  readonly text: (property: string) => string | undefined;
}

const arn = (service: string, path: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${path}`;

/** Stands for the random ids that AWS gives: stable, and different for different names. */
const idOf = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-24)
    .toLowerCase();

/**
 * Each kind of resource with its ids. A kind that is not here has its name for an id and no attributes but `Arn`,
 * which is what alarms need.
 */
const KINDS: Readonly<Record<string, (naming: Naming) => Physical>> = {
  'AWS::DynamoDB::Table': ({ name, text }) => {
    const table = text('TableName') ?? name;
    const tableArn = arn('dynamodb', `table/${table}`);
    return { ref: table, attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/local` } };
  },
  'AWS::SQS::Queue': ({ name, text, endpoints }) => {
    const queue = text('QueueName') ?? name.slice(-80);
    return {
      ref: `${endpoints.queues}/${ACCOUNT}/${queue}`,
      attributes: { Arn: arn('sqs', queue), QueueName: queue },
    };
  },
  'AWS::S3::Bucket': ({ name, text }) => {
    const bucket = text('BucketName') ?? name.toLowerCase().slice(-63).replace(/^-+/, '');
    return {
      ref: bucket,
      attributes: {
        Arn: `arn:aws:s3:::${bucket}`,
        RegionalDomainName: `${bucket}.s3.${REGION}.amazonaws.com`,
      },
    };
  },
  'AWS::Lambda::Function': ({ name, text }) => {
    const fn = text('FunctionName') ?? name;
    return { ref: fn, attributes: { Arn: arn('lambda', `function:${fn}`) } };
  },
  'AWS::IAM::Role': ({ name, text }) => {
    const role = text('RoleName') ?? name;
    return { ref: role, attributes: { Arn: `arn:aws:iam::${ACCOUNT}:role/${role}` } };
  },
  'AWS::Logs::LogGroup': ({ name, text }) => {
    const group = text('LogGroupName') ?? name;
    return { ref: group, attributes: { Arn: arn('logs', `log-group:${group}:*`) } };
  },
  'AWS::SecretsManager::Secret': ({ name, text }) => {
    const secret = arn('secretsmanager', `secret:${text('Name') ?? name}-LoCaL1`);
    return { ref: secret, attributes: { Id: secret } };
  },
  'AWS::SNS::Topic': ({ name, text }) => {
    const topic = text('TopicName') ?? name;
    return {
      ref: arn('sns', topic),
      attributes: { TopicArn: arn('sns', topic), TopicName: topic },
    };
  },
  'AWS::SES::ConfigurationSet': ({ name, text }) => ({
    ref: text('Name') ?? name,
    attributes: {},
  }),
  'AWS::Events::EventBus': ({ name, text }) => {
    const bus = text('Name') ?? name;
    return { ref: bus, attributes: { Arn: arn('events', `event-bus/${bus}`), Name: bus } };
  },
  'AWS::KMS::Key': ({ name }) => ({
    ref: idOf(name),
    attributes: { Arn: arn('kms', `key/${idOf(name)}`), KeyId: idOf(name) },
  }),
  'AWS::EC2::VPC': ({ name }) => ({
    ref: `vpc-${idOf(name)}`,
    attributes: { DefaultSecurityGroup: `sg-${idOf(name)}` },
  }),
  'AWS::Cognito::UserPool': ({ name }) => {
    const pool = `${REGION}_${idOf(name)}`;
    return {
      ref: pool,
      attributes: {
        Arn: arn('cognito-idp', `userpool/${pool}`),
        ProviderURL: `https://cognito-idp.${REGION}.amazonaws.com/${pool}`,
      },
    };
  },
  // AWS gives a random id; here a system is known by its name.
  'AWS::Cognito::UserPoolClient': ({ name, text }) => ({
    ref: text('ClientName') ?? name,
    attributes: {},
  }),
  'AWS::Cognito::UserPoolResourceServer': ({ name, text }) => ({
    ref: text('Identifier') ?? name,
    attributes: {},
  }),
  'AWS::CloudFront::Distribution': ({ name }) => ({
    ref: idOf(name),
    attributes: { Id: idOf(name), DomainName: `${idOf(name)}.cloudfront.net` },
  }),
  'AWS::CloudFront::OriginAccessControl': ({ name }) => ({ ref: name, attributes: { Id: name } }),
  'AWS::CloudFront::ResponseHeadersPolicy': ({ name }) => ({ ref: name, attributes: { Id: name } }),
  'AWS::ApiGatewayV2::Api': ({ name, endpoints }) => ({
    ref: idOf(name),
    attributes: { ApiId: idOf(name), ApiEndpoint: endpoints.api },
  }),
};

export function physicalOf(
  stack: string,
  logicalId: string,
  resource: Resource,
  endpoints: Endpoints,
): Physical {
  const name = `${stack}-${logicalId}`;
  const text = (property: string): string | undefined => {
    const value = resource.Properties[property];
    return typeof value === 'string' ? value : undefined;
  };
  const known = KINDS[resource.Type];
  if (known) return known({ name, text, endpoints });
  const service = (resource.Type.split('::')[1] ?? 'custom').toLowerCase();
  return { ref: name, attributes: { Arn: arn(service, name) } };
}
