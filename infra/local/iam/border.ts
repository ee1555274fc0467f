import {
  Agent,
  createServer,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CREDENTIALS } from '../engines/credentials.ts';
import type { ReadCalls } from './calls/asked.ts';
import { listing, objectIn } from './calls/s3-calls.ts';
import type { Privileges } from './privileges.ts';
import { accessDenied, REFUSE, type Answer, type ServiceName } from './refusal-answers.ts';
import type { Upstreams } from './services.ts';

/** What is behind the border, and who may do what there. */
export interface Behind {
  readonly upstreams: Upstreams;
  readonly readers: Readonly<Record<ServiceName, ReadCalls>>;
  readonly privileges: Privileges;
}

/** Where functions find every service of AWS: a call that their role does not allow ends here, as it would end there. */
export interface Border {
  readonly endpoint: string;
  /** From now on calls are passed on to there. */
  serve(behind: Behind): void;
  close(): Promise<void>;
}

export async function startBorder(): Promise<Border> {
  let behind: Behind | undefined;
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    if (!behind) return void response.writeHead(503).end();
    return void pass({ ...behind, agent }, request, response).catch(() => response.destroy());
  });
  // The SDK keeps its connections, and one that is closed as it is used again is an error of the service.
  server.keepAliveTimeout = 0;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (given) => {
      behind = given;
    },
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

interface Passing extends Behind {
  readonly agent: Agent;
}

/** Signature version 4 begins with who signed and for which service. The signature itself is not looked at. */
const SIGNED = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;

async function pass(
  passing: Passing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { authorization = '', 'content-type': type = '' } = request.headers;
  // A form is signed by its policy, which the bucket looks at.
  if (type.startsWith('multipart/form-data') || request.method === 'OPTIONS') {
    return forward(passing, 's3', request, response);
  }
  const [, functionName = '', name = ''] = SIGNED.exec(authorization) ?? [];
  const { privileges, upstreams, readers } = passing;
  const service = name as ServiceName;
  if (!Object.hasOwn(upstreams, name)) {
    request.resume();
    return void response.writeHead(404).end();
  }
  if (!privileges.knows(functionName)) {
    const text = 'The security token included in the request is invalid.';
    return end(request, response, REFUSE[service](403, 'UnrecognizedClientException', text));
  }
  // What is put may be long, and the rest of it says nothing.
  const body = service === 's3' ? undefined : await buffer(request);
  const { method = 'GET', url = '/', headers } = request;
  const asked = { method, url, headers, body: body?.toString() ?? '' };
  const refusal = privileges.refusalOf(functionName, readers[service](asked));
  if (refusal) return end(request, response, accessDenied(service, refusal.message));
  if (service === 's3' && /^(GET|HEAD)$/.test(method)) {
    return forward(passing, 's3', request, response, { functionName });
  }
  return forward(passing, service, request, response, { body });
}

function end(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  request.resume();
  response.writeHead(answer.status, answer.headers);
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

interface Forwarding {
  /** Where it was read already. */
  readonly body?: Uint8Array | undefined;
  /** Who asks for an object. */
  readonly functionName?: string;
}

/** Byte for byte; a service that is gone is a connection that breaks. */
function forward(
  passing: Passing,
  service: ServiceName,
  request: IncomingMessage,
  response: ServerResponse,
  { body, functionName }: Forwarding = {},
): void {
  const { method, url = '/' } = request;
  const headers = asLocal(request.headers);
  const target = new URL(url, passing.upstreams[service]);
  // A kept connection may be gone as it is used, and nobody knows then whether a mail was taken.
  const agent = service === 'ses' ? false : passing.agent;
  const asked = ask(target, { method, headers, agent });
  asked.on('response', (answer) => {
    const denied = answer.statusCode === 404 && functionName !== undefined && notListed(passing, functionName, url); // prettier-ignore
    if (denied) {
      answer.resume();
      return end(request, response, denied);
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    return undefined;
  });
  asked.on('error', () => response.destroy());
  response.on('close', () => asked.destroy());
  if (body) asked.end(body);
  else request.pipe(asked);
}

/** The engines take no access key but one of letters and digits, and look no further at signatures. */
const asLocal = ({ authorization, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders => ({
  ...headers,
  ...(authorization !== undefined && {
    authorization: authorization.replace(
      /Credential=[^/]+/,
      `Credential=${CREDENTIALS.accessKeyId}`,
    ),
  }),
});

/** S3 tells nobody that an object is not there who may not list what is: it answers as it answers a stranger. */
function notListed({ privileges }: Passing, functionName: string, url: string): Answer | undefined {
  const refusal = privileges.refusalOf(functionName, [listing(objectIn(url).bucket)]);
  return refusal && accessDenied('s3', refusal.message);
}
