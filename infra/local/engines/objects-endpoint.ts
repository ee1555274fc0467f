import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { escapeXml } from '../../../shared/package/xml.ts';
import { refusalOf, type Post, type Signers } from '../http/presigned-post.ts';
import { MAX_PUT_BYTES } from './put-object.ts';
import type { Buckets } from './queues-and-buckets.ts';

/** Where S3 clients go: forms for presigned posts are taken here, all else is for the engine, and what is put is announced. */
export interface ObjectsEndpoint {
  /** For AWS_ENDPOINT_URL_S3. */
  readonly endpoint: string;
  /** From now on posted objects are put there, and announced. */
  serve(buckets: Buckets, signers: Signers): void;
  close(): Promise<void>;
}

/** S3 takes more; nobody posts more to a laptop. */
const FORM_LIMIT_BYTES = 128 * 1024 * 1024;

/** @param engine its address, http:// and all */
export async function startObjectsEndpoint(engine: string): Promise<ObjectsEndpoint> {
  let buckets: Buckets | undefined;
  let signers: Signers | undefined;
  const being = new Set<string>();
  const engineAnd = (told: Buckets | undefined): Behind => ({ engine, buckets: told });
  const server = createServer((request, response) => {
    const isForm = request.headers['content-type']?.startsWith('multipart/form-data') ?? false;
    if (request.method === 'POST' && isForm)
      void answerForm(request, response, buckets && signers && { buckets, signers });
    else if (isLarge(request)) void forwardLarge(request, response, buckets);
    else if (isOnce(request)) void forwardOnce(engineAnd(buckets), request, response, being);
    else forward(engineAnd(buckets), request, response);
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (given, who) => {
      buckets = given;
      signers = who;
    },
    async close() {
      const closed = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The engine, and who is told of what is put there. */
interface Behind {
  readonly engine: string;
  readonly buckets: Buckets | undefined;
}

/** Byte for byte; an engine that is gone is a connection that breaks. */
function forward(
  { engine, buckets }: Behind,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  // 100 Continue was answered here already.
  const { expect: _, ...headers } = request.headers;
  const asked = ask(new URL(request.url ?? '/', engine), { method: request.method, headers });
  asked.on('response', (answer) => {
    if (answer.statusCode === 200) announcePut(request, answer.headers.etag, buckets);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  asked.on('error', () => response.destroy());
  response.on('close', () => asked.destroy());
  request.pipe(asked);
}

/** More than the engine takes in one call; whoever asks that it be the first under its key puts less. */
const isLarge = ({ method, headers }: IncomingMessage): boolean =>
  method === 'PUT' &&
  Number(headers['content-length'] ?? 0) > MAX_PUT_BYTES &&
  headers['x-amz-decoded-content-length'] === undefined;

async function forwardLarge(
  request: IncomingMessage,
  response: ServerResponse,
  buckets: Buckets | undefined,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://objects');
  const [, bucket = '', ...names] = pathname.split('/');
  const put = await buffer(request)
    .then((bytes) => buckets?.put(bucket, decodeURIComponent(names.join('/')), bytes))
    .catch(() => undefined);
  response.writeHead(put ? 200 : 500, put && { etag: put.eTag }).end();
}

/** A part of an object, or anything else about one, is no new object. */
function announcePut(
  { method, url = '/', headers }: IncomingMessage,
  eTag = '',
  buckets: Buckets | undefined,
): void {
  const { pathname, searchParams } = new URL(url, 'http://objects');
  const [, bucket = '', ...names] = pathname.split('/');
  const isWhole = [...searchParams.keys()].every((name) => name === 'x-id');
  if (method !== 'PUT' || names.length === 0 || !isWhole) return;
  const size = Number(headers['x-amz-decoded-content-length'] ?? headers['content-length'] ?? 0);
  buckets?.announce({ bucket, key: decodeURIComponent(names.join('/')), size, eTag });
}

/** A put that shall be the first under its key: the engine knows no such thing, so it is seen to here. */
const isOnce = ({ method, headers }: IncomingMessage): boolean =>
  method === 'PUT' && headers['if-none-match'] === '*';

/** @param being what is being put: S3 refuses whoever comes second with 409 until it knows how that ended */
async function forwardOnce(
  behind: Behind,
  request: IncomingMessage,
  response: ServerResponse,
  being: Set<string>,
): Promise<void> {
  const key = (request.url ?? '/').split('?')[0] ?? '';
  const refuse = (status: number, code: string): void => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(`<Error><Code>${code}</Code><Message>It is there.</Message></Error>`);
  };
  if (being.has(key)) return refuse(409, 'ConditionalRequestConflict');
  being.add(key);
  response.once('close', () => being.delete(key));
  const there = await fetch(new URL(key, behind.engine), { method: 'HEAD' }).catch(() => undefined);
  if (there?.ok) return refuse(412, 'PreconditionFailed');
  forward(behind, request, response);
}

type Reply = readonly [status: number, code?: string, message?: string];

/** Where forms go, and who may sign them. */
interface Forms {
  readonly buckets: Pick<Buckets, 'put'>;
  readonly signers: Signers;
}

async function answerForm(
  request: IncomingMessage,
  response: ServerResponse,
  forms: Forms | undefined,
): Promise<void> {
  const [status, code = '', message = ''] = await take(request, forms).catch(
    (error: unknown): Reply =>
      error instanceof Error && error.name === 'NoSuchBucket'
        ? [404, 'NoSuchBucket', 'There is no such bucket.']
        : [500, 'InternalError', 'It failed.'],
  );
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    code && `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`,
  );
}

async function take(request: IncomingMessage, forms: Forms | undefined): Promise<Reply> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= FORM_LIMIT_BYTES) chunks.push(chunk);
  }
  if (size > FORM_LIMIT_BYTES) return [400, 'EntityTooLarge', 'It is larger than 128 MB.'];
  const post = await postIn(request, Buffer.concat(chunks));
  if (!post) return [400, 'MalformedPOSTRequest', 'The form holds no file.'];
  if (!forms) return [503, 'ServiceUnavailable', 'Starting.'];
  const refusal = refusalOf(post, new Date(), forms.signers);
  if (refusal) return refusal;
  await forms.buckets.put(post.bucket, post.fields.get('key') ?? '', post.file);
  return [Number(/^20[01]$/.exec(post.fields.get('success_action_status') ?? '')?.[0] ?? 204)];
}

async function postIn(request: IncomingMessage, body: Uint8Array): Promise<Post | undefined> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(Buffer.from(body), { headers }).formData().catch(() => undefined);
  const fields = new Map<string, string>();
  for (const [name, value] of form ?? []) {
    if (typeof value === 'string') fields.set(name.toLowerCase(), value);
  }
  const file = form?.get('file');
  if (file === undefined || file === null || typeof file === 'string') return undefined;
  const bucket = decodeURIComponent((request.url ?? '/').split(/[/?]/)[1] ?? '');
  return { bucket, fields, file: new Uint8Array(await file.arrayBuffer()) };
}
