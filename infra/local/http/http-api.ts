import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOCAL_HOST, type TlsIdentities } from '../certificates/tls-identities.ts';
import { FunctionFailed } from '../functions/function-failed.ts';
import type { Functions } from '../functions/functions.ts';
import { answerOf, gatewayAnswer, type Answer } from './answer.ts';
import { authorizing, type Authorize } from './authorization.ts';
import { corsHeaders, preflightAnswer } from './cors.ts';
import type { Gateway, GatewayRoute } from './gateway.ts';
import { clientCertOf, mutualTlsServer } from './mutual-tls.ts';
import { requestEvent, type EventFields, type Received } from './request-event.ts';
import { matchRoute, type RouteMatch } from './routes.ts';

/** API Gateway takes no larger request. */
const REQUEST_LIMIT_BYTES = 10 * 1024 * 1024;

/** An HTTP server whose gateway comes later: its address is needed before the template can be resolved. */
export interface HttpApi {
  readonly url: string;
  /** Opens a second door, which asks for a certificate; its address. */
  openToSystems(tls: TlsIdentities): Promise<string>;
  serve(gateway: Gateway, functions: Functions): void;
  close(): Promise<void>;
}

export async function startHttpApi(port = 0): Promise<HttpApi> {
  let answer = notYet;
  const listener: RequestListener = (request, response) => {
    void respond(request, response, (received) => answer(received));
  };
  // Longer than anything here stands still: a client that calls again must not meet a connection that is being closed.
  const servers = [createServer({ keepAliveTimeout: 75_000 }, listener)];
  const listening = await listeningPort(servers[0]!, port);
  return {
    url: `http://127.0.0.1:${listening}`,
    async openToSystems(tls) {
      const server = mutualTlsServer(tls, listener);
      servers.push(server);
      return `https://${LOCAL_HOST}:${await listeningPort(server)}`;
    },
    serve(gateway, functions) {
      const authorize = authorizing(functions);
      answer = (received) => answerAt(gateway, functions, authorize, received);
    },
    async close() {
      await Promise.all(servers.map(closed));
    },
  };
}

const notYet = (_received: Received): Promise<Answer> => Promise.resolve(gatewayAnswer(503));

async function listeningPort(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  return (server.address() as AddressInfo).port;
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (received: Received) => Promise<Answer>,
): Promise<void> {
  const received = await receive(request).catch(() => undefined);
  const given =
    received === 'too-large' ? gatewayAnswer(413) : received && (await answer(received));
  if (!given || response.destroyed) return;
  response.writeHead(given.statusCode, {
    ...given.headers,
    ...(given.cookies.length > 0 && { 'set-cookie': [...given.cookies] }),
    ...(given.statusCode !== 204 && { 'content-length': given.body.length }),
  });
  response.end(given.body);
}

async function receive(request: IncomingMessage): Promise<Received | 'too-large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= REQUEST_LIMIT_BYTES) chunks.push(chunk);
  }
  if (size > REQUEST_LIMIT_BYTES) return 'too-large';
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers = Object.entries(request.headersDistinct).map(([name, values]) => [
    name,
    (values ?? []).join(name === 'cookie' ? '; ' : ','),
  ]);
  return {
    method: request.method ?? 'GET',
    path,
    rawQueryString: query.join('?'),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks),
    sourceIp: request.socket.remoteAddress ?? '',
    ...clientCertOf(request.socket),
  };
}

async function answerAt(
  gateway: Gateway,
  functions: Functions,
  authorize: Authorize,
  received: Received,
): Promise<Answer> {
  const { cors } = gateway;
  const origin = received.headers['origin'];
  const isPreflight =
    received.method === 'OPTIONS' && 'access-control-request-method' in received.headers;
  if (cors && isPreflight) return preflightAnswer(cors, origin);
  const match = matchRoute(gateway.routes, received.method, received.path);
  const answer = match
    ? await answerRoute(gateway, functions, authorize, received, match)
    : gatewayAnswer(404);
  return cors
    ? { ...answer, headers: { ...answer.headers, ...corsHeaders(cors, origin) } }
    : answer;
}

async function answerRoute(
  gateway: Gateway,
  functions: Functions,
  authorize: Authorize,
  received: Received,
  { route, pathParameters }: RouteMatch<GatewayRoute>,
): Promise<Answer> {
  const fields: EventFields = { apiId: gateway.apiId, routeKey: route.key.text, pathParameters };
  if (!route.authorizer) return invoke(functions, route, requestEvent(received, fields));
  const allowed = await authorize(route.authorizer, received, fields);
  switch (allowed.kind) {
    case 'unauthorized':
      return gatewayAnswer(401);
    case 'forbidden':
      return gatewayAnswer(403);
    case 'broken':
      return gatewayAnswer(500);
    case 'allowed':
      return invoke(
        functions,
        route,
        requestEvent(received, { ...fields, authorized: allowed.context }),
      );
  }
}

async function invoke(functions: Functions, route: GatewayRoute, event: object): Promise<Answer> {
  const { promise: timeout, resolve } = Promise.withResolvers<Answer>();
  const timer = setTimeout(() => resolve(gatewayAnswer(503)), route.timeoutSeconds * 1000);
  const answered = functions.get(route.functionArn).invoke(event).then(answerOf, answerOfFailure);
  try {
    return await Promise.race([answered, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function answerOfFailure(error: unknown): Answer {
  const tooLarge =
    error instanceof FunctionFailed && error.errorType === 'RequestTooLargeException';
  return tooLarge ? gatewayAnswer(413) : gatewayAnswer(500);
}
