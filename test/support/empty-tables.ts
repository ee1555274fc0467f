import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { deploymentOf } from '../../infra/local/assembly/deployment.ts';
import { synthesise } from '../../infra/local/assembly/synthesise.ts';
import { createTables } from '../../infra/local/engines/tables.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const NOWHERE = { queues: '', api: '' };

/**
 * Reads a table from the template that is deployed, and answers what makes an empty one like it and tells its name. The
 * app is synthesised once for the same sources, which takes some seconds.
 */
export async function emptyTables(
  table: 'Main' | 'Scratch' | 'Audit',
  client: DynamoDBClient,
): Promise<() => Promise<string>> {
  const sandbox = readFileSync(join(ROOT, 'infra/config/sandbox.json'), 'utf8');
  const { stacks } = await synthesise(JSON.parse(sandbox), join(ROOT, '.local/assemblies'));
  const foundation = stacks.filter(({ name }) => name.endsWith('Foundation'));

  let made = 0;
  return async () => {
    made += 1;
    // A table is named by its stack: in a stack of another name it is another table.
    const renamed = foundation.map((stack) => ({ ...stack, name: `${table}${made}` }));
    const deployment = deploymentOf({ stacks: renamed }, NOWHERE, {});
    await createTables(deployment, client);
    const tables = deployment.resources('AWS::DynamoDB::Table', z.object({}));
    const found = tables.find(({ logicalId }) => logicalId.startsWith(`${table}Table`));
    if (!found) throw new Error(`The foundation has no table ${table}`);
    return found.ref;
  };
}
