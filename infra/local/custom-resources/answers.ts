import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ResourceAnswer } from '../../../shared/resource-answer.ts';

/** Where functions put their answers, as in the bucket of CloudFormation. */
export interface Answers {
  /** A URL for one answer, and the answer when it has come. */
  await(): { readonly url: string; readonly answer: Promise<ResourceAnswer> };
  close(): Promise<void>;
}

/** What CloudFormation reads of an answer; a longer one it does not take. */
const LIMIT_BYTES = 4096;

export async function startAnswers(): Promise<Answers> {
  const waiting = new Map<string, (answer: ResourceAnswer) => void>();
  const server = createServer((request, response) => {
    void take(request, waiting).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    await() {
      const path = `/${randomUUID()}`;
      const { promise, resolve } = Promise.withResolvers<ResourceAnswer>();
      waiting.set(path, resolve);
      return { url: `http://127.0.0.1:${port}${path}?X-Amz-Signature=local`, answer: promise };
    },
    async close() {
      const closed = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** @returns what S3 would answer: the signature is for a PUT without a type */
async function take(
  request: IncomingMessage,
  waiting: ReadonlyMap<string, (answer: ResourceAnswer) => void>,
): Promise<number> {
  const heard = waiting.get(String(request.url).split('?')[0] ?? '');
  if (!heard || request.method !== 'PUT' || request.headers['content-type']) return 403;
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (body.length > LIMIT_BYTES) return 400;
  heard(JSON.parse(body.toString()) as ResourceAnswer);
  return 200;
}
