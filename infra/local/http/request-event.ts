import { randomUUID } from 'node:crypto';
import { ACCOUNT } from '../assembly/physical.ts';

/** An HTTP request as it came in. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly rawQueryString: string;
  /** Names in lower case, repeated ones joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  /** Of a caller by mutual TLS. */
  readonly clientCert?: ClientCert;
}

/** As the gateway describes a certificate. */
export interface ClientCert {
  readonly clientCertPem: string;
  readonly subjectDN: string;
  readonly issuerDN: string;
  readonly serialNumber: string;
  readonly validity: { readonly notBefore: string; readonly notAfter: string };
}

export interface EventFields {
  readonly apiId: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** The context that the authorizer gave. */
  readonly authorized?: Readonly<Record<string, unknown>>;
}

/** The event of payload format 2.0 that a function gets. */
export const requestEvent = (received: Received, fields: EventFields): object => ({
  version: '2.0',
  ...commonFields(received, fields),
  ...(received.body.length > 0 && {
    body: received.body.toString(isText(received.headers) ? 'utf8' : 'base64'),
  }),
  isBase64Encoded: received.body.length > 0 && !isText(received.headers),
});

/** The event of payload format 2.0 that a Lambda authorizer gets: everything but the body. */
export const authorizerEvent = (
  received: Received,
  fields: EventFields,
  identitySource: readonly string[],
): object => ({
  version: '2.0',
  type: 'REQUEST',
  routeArn: `arn:aws:execute-api:local:${ACCOUNT}:${fields.apiId}/$default/${received.method}${received.path}`,
  identitySource,
  ...commonFields(received, fields),
});

function commonFields(received: Received, fields: EventFields): object {
  const { cookie, ...headers } = received.headers;
  const query = queryParameters(received.rawQueryString);
  return {
    routeKey: fields.routeKey,
    rawPath: received.path,
    rawQueryString: received.rawQueryString,
    ...(cookie && { cookies: cookie.split(';').map((each) => each.trim()) }),
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: requestContext(received, fields),
    ...(Object.keys(fields.pathParameters).length > 0 && { pathParameters: fields.pathParameters }),
  };
}

const requestContext = (received: Received, fields: EventFields): object => ({
  accountId: ACCOUNT,
  apiId: fields.apiId,
  ...(received.clientCert && { authentication: { clientCert: received.clientCert } }),
  ...(fields.authorized && { authorizer: { lambda: fields.authorized } }),
  domainName: received.headers['host'] ?? 'localhost',
  domainPrefix: fields.apiId,
  http: {
    method: received.method,
    path: received.path,
    protocol: 'HTTP/1.1',
    sourceIp: received.sourceIp,
    userAgent: received.headers['user-agent'] ?? '',
  },
  requestId: randomUUID(),
  routeKey: fields.routeKey,
  stage: '$default',
  time: new Date().toUTCString(),
  timeEpoch: Date.now(),
});

/** Repeated parameters are joined by commas. */
function queryParameters(rawQueryString: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
}

/** The content types whose bodies the gateway passes as text; all others, and compressed ones, travel as base64. */
function isText(headers: Readonly<Record<string, string>>): boolean {
  if (headers['content-encoding']) return false;
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return (
    type.startsWith('text/') ||
    ['application/json', 'application/xml', 'application/javascript'].includes(type)
  );
}
