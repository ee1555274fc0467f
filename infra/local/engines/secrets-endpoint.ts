import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SecretsEndpointOptions {
  /** The texts by name; read at each request, so that a changed one is seen at once. */
  readonly secrets: Readonly<Record<string, string>>;
  /** A free one unless given. */
  readonly port?: number;
}

export interface SecretsEndpoint {
  /** For AWS_ENDPOINT_URL_SECRETS_MANAGER. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** Secrets Manager as far as a function needs it: GetSecretValue, by name or by ARN, in AWS JSON 1.1. */
export async function startSecretsEndpoint(
  options: SecretsEndpointOptions,
): Promise<SecretsEndpoint> {
  const server = createServer((request, response) => {
    answer(request, options.secrets).then(
      ([status, body]) => send(response, status, body),
      () => send(response, 500, { __type: 'InternalServiceError' }),
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', listening);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

type Reply = readonly [status: number, body: object];

async function answer(
  request: IncomingMessage,
  secrets: SecretsEndpointOptions['secrets'],
): Promise<Reply> {
  if (request.headers['x-amz-target'] !== 'secretsmanager.GetSecretValue') {
    return [400, { __type: 'InvalidRequestException', message: 'Only GetSecretValue is here.' }];
  }
  const { SecretId } = JSON.parse(await readBody(request)) as { SecretId?: string };
  const name = Object.keys(secrets).find((each) => names(each, SecretId ?? ''));
  if (name === undefined) {
    return [400, { __type: 'ResourceNotFoundException', message: 'There is no such secret.' }];
  }
  return [200, { Name: name, ARN: arnOf(name), SecretString: secrets[name] }];
}

const arnOf = (name: string): string =>
  `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}`;

/** By name, or by an ARN of any account and region, with or without the six characters that AWS appends. */
const names = (name: string, id: string): boolean => {
  const wanted = id.replace(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]*:\d*:secret:/, '');
  return wanted === name || (wanted !== id && wanted.replace(/-[A-Za-z0-9]{6}$/, '') === name);
};

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 10_000) throw new Error('The request is too large');
  }
  return text;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
