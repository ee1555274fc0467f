import type { Words } from './shell.ts';

/** Services whose client is installed: it knows its operations, and what each of them takes. */
const CLIENTS: Readonly<Record<string, () => Promise<object>>> = {
  dynamodb: () => import('@aws-sdk/client-dynamodb'),
  events: () => import('@aws-sdk/client-eventbridge'),
  kms: () => import('@aws-sdk/client-kms'),
  s3api: () => import('@aws-sdk/client-s3'),
  secretsmanager: () => import('@aws-sdk/client-secrets-manager'),
  ses: () => import('@aws-sdk/client-ses'),
  sesv2: () => import('@aws-sdk/client-sesv2'),
  sqs: () => import('@aws-sdk/client-sqs'),
};

/** Others, each looked up by hand in the reference of the AWS command line. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  'sts get-caller-identity': [],
  'cloudformation describe-stacks': ['--stack-name'],
  'cloudformation delete-stack': ['--stack-name'],
  'cloudformation update-termination-protection': [
    '--stack-name',
    '--no-enable-termination-protection',
  ],
  'lambda put-function-concurrency': ['--function-name', '--reserved-concurrent-executions'],
  'lambda delete-function-concurrency': ['--function-name'],
  'lambda get-account-settings': [],
  'lambda invoke': ['--function-name'],
  'logs tail': ['--since', '--follow'],
  'cloudwatch describe-alarms': ['--state-value', '--alarm-name-prefix'],
  'cognito-idp admin-create-user': ['--user-pool-id', '--username', '--user-attributes'],
  'cognito-idp admin-add-user-to-group': ['--user-pool-id', '--username', '--group-name'],
  'cognito-idp describe-user-pool-client': ['--user-pool-id', '--client-id'],
};

/** What every call takes. */
const GLOBAL = ['--region', '--query', '--output', '--profile', '--no-cli-pager'];

/** What is wrong with a call of the AWS command line; nothing when nothing is. */
export async function faultOfAws([, service = '', operation = '', ...rest]: Words) {
  const given = rest.filter((word) => /^--[a-z]/.test(word) && !GLOBAL.includes(word));
  const client = CLIENTS[service];
  const known = client
    ? membersOf(await client(), operation)
    : BY_HAND[`${service} ${operation}`]?.map(plain);
  if (known === undefined) return `there is no ${service} ${operation}, or nobody looked it up`;
  const strange = given.filter((option) => !known.includes(plain(option)));
  return strange.length === 0 ? undefined : `${operation} has no ${strange.join(', ')}`;
}

const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();

/** An operation's schema as the clients export it: its input, a structure, is the fifth of it, and gives its members. */
function membersOf(client: object, operation: string): readonly string[] | undefined {
  const wanted = `${plain(operation)}$`;
  const [, schema] = Object.entries(client).find(([name]) => name.toLowerCase() === wanted) ?? [];
  if (!Array.isArray(schema) || typeof schema[4] !== 'function') return undefined;
  const [, , , , members] = (schema[4] as () => readonly unknown[])();
  return (members as readonly string[]).map(plain);
}
