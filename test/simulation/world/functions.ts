import type {
  APIGatewayProxyStructuredResultV2,
  Context,
  DynamoDBBatchResponse,
  SQSBatchResponse,
} from 'aws-lambda';
import { makeHandler as consents } from '../../../lambdas/consents/handler.ts';
import { makeHandler as deliverWebhook } from '../../../lambdas/deliver-webhook/handler.ts';
import { makeHandler as events } from '../../../lambdas/events/handler.ts';
import { makeHandler as matchTriggers } from '../../../lambdas/match-triggers/handler.ts';
import { makeHandler as patients } from '../../../lambdas/patients/handler.ts';
import { makeHandler as receiveNotification } from '../../../lambdas/receive-notification/handler.ts';
import { makeHandler as receiveRelayEvent } from '../../../lambdas/receive-relay-event/handler.ts';
import { makeHandler as records } from '../../../lambdas/records/handler.ts';
import { makeHandler as report } from '../../../lambdas/report/handler.ts';
import { makeHandler as ringBells } from '../../../lambdas/ring/handler.ts';
import { makeHandler as sendTransmission } from '../../../lambdas/send-transmission/handler.ts';
import { makeHandler as sweepDue } from '../../../lambdas/sweep/handler.ts';
import { makeHandler as transmissions } from '../../../lambdas/transmissions/handler.ts';
import { makeHandler as transmitRequests } from '../../../lambdas/transmit-requests/handler.ts';
import { makeHandler as webhooks } from '../../../lambdas/webhooks/handler.ts';
import { calledBy, type Asking } from '../../lambdas/http-event.ts';
import type { Ports } from './ports.ts';

type Made<Answer> = (event: never) => Promise<Answer>;
type Make<Answer> = (ports: Ports) => Made<Answer>;

/** Every function that is simulated, with its real handler. Times and batches are those of the deployment. */
export const QUEUED = {
  match: { name: 'match-triggers', timeoutSeconds: 60, batchSize: 1, make: matchTriggers },
  send: {
    name: 'send-transmission',
    timeoutSeconds: 120,
    batchSize: 1,
    // All recipients are reached by one relay.
    make: (ports) => sendTransmission({ ...ports, routeTo: () => ports }),
  },
  mail: {
    name: 'receive-notification',
    timeoutSeconds: 60,
    batchSize: 1,
    make: receiveNotification,
  },
  relayEvent: {
    name: 'receive-relay-event',
    timeoutSeconds: 30,
    batchSize: 10,
    make: receiveRelayEvent,
  },
  webhook: { name: 'deliver-webhook', timeoutSeconds: 30, batchSize: 1, make: deliverWebhook },
} as const satisfies Record<string, Queued>;

export type QueueName = keyof typeof QUEUED;

export interface Queued {
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly batchSize: number;
  readonly make: Make<SQSBatchResponse>;
}

export const STREAMED = [
  {
    name: 'ring',
    timeoutSeconds: 30,
    kinds: ['trigger', 'transmission', 'delivery', 'answer'],
    batchSize: 100,
    retryAttempts: 10,
    make: ringBells,
  },
  {
    name: 'report',
    timeoutSeconds: 60,
    kinds: ['fact', 'milestone', 'deed'],
    batchSize: 20,
    make: report,
  },
] as const satisfies readonly Streamed[];

export interface Streamed {
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly kinds: readonly string[];
  readonly batchSize: number;
  readonly retryAttempts?: number;
  readonly make: Make<DynamoDBBatchResponse>;
}

export const SWEEP = { name: 'sweep', timeoutSeconds: 55, make: sweepDue } as const;

/** HTTP functions are one here: each call comes to an environment in which all of them are loaded. */
export const API = { name: 'api', timeoutSeconds: 20, make: makeApi } as const;

export interface Call {
  readonly asked: string;
  readonly asking: Asking;
}

const HTTP = {
  consents,
  events,
  patients,
  records,
  transmissions,
  'transmit-requests': transmitRequests,
  webhooks,
} as const;

type HttpHandler = (event: never, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

function makeApi(ports: Ports): (call: Call) => Promise<APIGatewayProxyStructuredResultV2> {
  const made = new Map<string, HttpHandler>();
  return async ({ asked, asking }) => {
    const { lambda, event } = calledBy(asked, asking);
    const handler = made.get(lambda) ?? HTTP[lambda as keyof typeof HTTP](ports);
    made.set(lambda, handler);
    return handler(event as never, { awsRequestId: 'request-1' } as Context);
  };
}
