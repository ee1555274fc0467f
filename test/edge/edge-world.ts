import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { ActionsOf, HttpPorts } from '../../shared/edge/http.ts';
import { onHttp } from '../../shared/edge/http.ts';
import type { Principal } from '../../shared/edge/identity/principal.ts';
import type { Route } from '../../shared/edge/identity/access.ts';
import { jsonLog } from '../../shared/log.ts';
import { Api } from '../../shared/settings-api.ts';
import { memoryDoor } from '../support/memory/door.ts';

export const CALLER: Principal = { kind: 'system', subject: 's-1', patients: [], scopes: ['a'] };

export const authorizer = (principal: unknown) => ({
  authorizer: { lambda: { principal: JSON.stringify(principal) } },
});

export interface Told {
  readonly as?: Principal;
  readonly json?: unknown;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** A function with these routes and actions, its door in memory, and a clock that stands still until it is set. */
export function edgeWorld<const Routes extends readonly Route[]>(
  routes: Routes,
  actions: ActionsOf<Routes>,
  api: object = {},
) {
  let time = new Date('2026-11-23T08:00:20.000Z');
  const lines: string[] = [];
  const door = { ...memoryDoor(() => time), limits: Api.parse(api) };
  const ports: HttpPorts = { log: jsonLog((line) => lines.push(line), 'test'), door };
  const handler = onHttp(routes, actions, ports as never);

  async function ask(routeKey: string, told: Told = {}) {
    const { as = CALLER, json, body, headers, params, query } = told;
    const event = {
      routeKey,
      headers: { 'content-type': 'application/json', ...headers },
      body: body ?? JSON.stringify(json),
      pathParameters: params,
      queryStringParameters: query,
      requestContext: authorizer(as),
    };
    const context = { awsRequestId: 'r-1' } as Context;
    const answered: APIGatewayProxyStructuredResultV2 = await handler(event as never, context);
    const { statusCode: status, headers: answerHeaders = {}, body: text = '' } = answered;
    const said: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
    return { status, headers: answerHeaders, text, json: said };
  }

  return { ask, door, lines, after: (seconds: number) => void (time = later(time, seconds)) };
}

const later = (from: Date, seconds: number): Date => new Date(from.getTime() + 1000 * seconds);
