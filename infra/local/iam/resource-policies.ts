import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import { ACCOUNT } from '../assembly/physical.ts';
import { statementsIn, type Statement } from './statement.ts';

const Table = z.object({ ResourcePolicy: z.object({ PolicyDocument: z.unknown() }).optional() });
const Attached = z.object({ PolicyDocument: z.unknown() });
const Key = z.object({ KeyPolicy: z.unknown() });

/**
 * What policies of tables, queues, buckets and keys forbid to everybody in the account. What they allow to services of AWS
 * is not for functions: of what functions may do their own roles say all.
 *
 * @throws Error naming what a statement has that is not known here
 */
export function denialsOf(deployment: Deployment): readonly Statement[] {
  const tables = deployment.resources('AWS::DynamoDB::Table', Table).flatMap((table) => {
    const arn = String(table.attributes['Arn']);
    return itself(arn, deniedIn(table.properties.ResourcePolicy?.PolicyDocument));
  });
  const keys = deployment
    .resources('AWS::KMS::Key', Key)
    .flatMap((key) => itself(String(key.attributes['Arn']), deniedIn(key.properties.KeyPolicy)));
  const attached = ['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy']
    .flatMap((type) => deployment.resources(type, Attached))
    .flatMap(({ properties }) => deniedIn(properties.PolicyDocument));
  return [...tables, ...keys, ...attached];
}

/** Only these are read: conditions of what services may do, with keys that only services say, are not for here. */
function deniedIn(document: unknown): readonly Statement[] {
  const written = z.looseObject({ Statement: z.array(z.looseObject({ Effect: z.string() })) });
  const parsed = written.safeParse(document);
  if (!parsed.success) return [];
  const denying = parsed.data.Statement.filter(({ Effect }) => Effect === 'Deny');
  return statementsIn({ Statement: denying }).filter(({ principal }) => meansEverybody(principal));
}

/** @throws Error for one that is named: whether it is a role of a function nobody here looks up */
function meansEverybody(principal: unknown): boolean {
  const whom = z.union([z.string(), z.object({ AWS: z.string() })]).safeParse(principal).data;
  const text = typeof whom === 'object' ? whom.AWS : whom;
  if (text === '*' || text === ACCOUNT || text?.endsWith(`:iam::${ACCOUNT}:root`)) return true;
  throw new Error(`The local system does not know the principal ${JSON.stringify(principal)}`);
}

/** In a policy of a table or a key the resource is the thing itself and is written `*`; an index belongs to its table. */
const itself = (arn: string, statements: readonly Statement[]): readonly Statement[] =>
  statements.map((statement) => ({ ...statement, resources: [arn, `${arn}/index/*`] }));
