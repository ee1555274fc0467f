import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

/** Something that was put on a bus. */
export interface BusEvent {
  readonly id: string;
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
}

/** A bus without rules: it keeps what it is given, for whoever wants to look. */
export interface EventBusEndpoint {
  /** For AWS_ENDPOINT_URL_EVENTBRIDGE. A GET answers what came. */
  readonly endpoint: string;
  /** The newest ten thousand, in the order in which they came. */
  readonly events: readonly BusEvent[];
  /** From now on these buses are there. */
  serve(buses: readonly string[]): void;
  close(): Promise<void>;
}

const KEPT = 10_000;

/** EventBridge as far as whoever reports needs it: PutEvents in AWS JSON 1.1, with its limits. */
export async function startEventBusEndpoint(): Promise<EventBusEndpoint> {
  const events: BusEvent[] = [];
  const buses = new Set<string>();
  const server = createServer((request, response) => {
    answer(request, { events, buses }).then(
      ([status, body]) =>
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
          .end(JSON.stringify(body)),
      () => response.writeHead(500).end('{"__type":"InternalException"}'),
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    serve: (names) => names.forEach((name) => buses.add(name)),
    async close() {
      const closed = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await closed;
    },
  };
}

const Entry = z.object({
  EventBusName: z.string(),
  Source: z.string().min(1),
  DetailType: z.string().min(1).max(128),
  Detail: z.string(),
});
type Entry = z.output<typeof Entry>;

const Request = z.object({ Entries: z.array(Entry).min(1).max(10) });

const LIMIT_BYTES = 256 * 1024;

interface Kept {
  readonly events: BusEvent[];
  readonly buses: ReadonlySet<string>;
}

type Reply = readonly [status: number, body: unknown];

const refusal = (type: string): Reply => [400, { __type: type }];

async function answer(request: IncomingMessage, kept: Kept): Promise<Reply> {
  if (request.method === 'GET') return [200, kept.events];
  const text = await readBody(request);
  if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents') {
    return refusal('UnknownOperationException');
  }
  if (text.length > LIMIT_BYTES) return refusal('ValidationException');
  const asked = Request.safeParse(JSON.parse(text));
  if (!asked.success) return refusal('ValidationException');
  const Entries = asked.data.Entries.map((entry) => take(entry, kept));
  return [200, { Entries, FailedEntryCount: Entries.filter((each) => 'ErrorCode' in each).length }];
}

function take(entry: Entry, { events, buses }: Kept): object {
  const detail = detailIn(entry.Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is no JSON object.' };
  if (!buses.has(entry.EventBusName)) {
    return { ErrorCode: 'InvalidArgument', ErrorMessage: 'There is no such bus.' };
  }
  const id = randomUUID();
  events.push({
    id,
    bus: entry.EventBusName,
    source: entry.Source,
    detailType: entry.DetailType,
    detail,
  });
  if (events.length > KEPT) events.shift();
  return { EventId: id };
}

function detailIn(text: string): object | undefined {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    if (text.length <= LIMIT_BYTES) text += String(chunk);
  }
  return text;
}
