import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localClientSettings } from '../../../infra/local/engines/dynamodb.ts';
import type { RawTable } from '../../../shared/adapters/dynamo/table.ts';
import { rawDynamoTable } from '../../../shared/adapters/dynamo/table/dynamo-table.ts';

export interface Canned {
  readonly status: number;
  readonly body: object;
}

/** Runs `ask` on a table whose service answers everything alike; gives back what came of it and what was asked. */
export async function withService(
  { status, body }: Canned,
  ask: (table: RawTable) => Promise<unknown>,
): Promise<{ readonly outcome: unknown; readonly asked: readonly unknown[] }> {
  const asked: unknown[] = [];
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    asked.push(JSON.parse(await text(incoming)));
    outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(JSON.stringify(body));
  };
  const server = createServer((...exchange) => void answer(...exchange)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({ ...localClientSettings(endpoint), maxAttempts: 1 });
  try {
    const outcome = await ask(rawDynamoTable('Main', client)).catch((error: unknown) => error);
    return { outcome, asked };
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
  }
}
