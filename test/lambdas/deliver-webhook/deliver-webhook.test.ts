import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RequestListener, ServerResponse } from 'node:http';
import type { ServerOptions } from 'node:https';
import type { SQSEvent } from 'aws-lambda';
import { Webhook as Receiver } from 'standardwebhooks';
import { makeHandler } from '../../../lambdas/deliver-webhook/handler.ts';
import { deliveryStore } from '../../../shared/adapters/dynamo/deliveries.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { webhookStore } from '../../../shared/adapters/dynamo/webhooks.ts';
import { webhookPost } from '../../../shared/adapters/webhook-post.ts';
import type { DeliveryId } from '../../../shared/ids.ts';
import { jsonLog } from '../../../shared/log.ts';
import { done } from '../../../shared/outcome.ts';
import { withNextSecret } from '../../../shared/report/webhook/changes.ts';
import { secretOf } from '../../../shared/report/webhook/secret.ts';
import { httpServer } from '../../adapters/http-fetch-servers.ts';
import { delivery, webhook } from '../../contracts/stores/samples.ts';
import { fakeDns } from '../../support/fake-dns.ts';
import { leading } from '../../support/leading-names.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { memorySubmitters } from '../../support/memory/submitters.ts';
import { memoryTable } from '../../support/memory/table.ts';
import { cachedAuthority, issueQuickly } from '../../support/pki.ts';

const MASTER = 'the master secret';
const HOST = 'ehr.example.org';
const ID = `whd_${'a'.repeat(26)}` as DeliveryId;

interface Heard {
  readonly body: string;
  readonly headers: Record<string, string>;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const takesIt = (response: ServerResponse): unknown => response.writeHead(204).end();

/** A receiver over HTTPS that answers as it is told, and the function that tells it. */
async function makeWorld() {
  const heard: Heard[] = [];
  let answer = takesIt;
  const { listening, authorities } = await tlsOf(HOST);
  const server = await httpServer(
    hearing(heard, (response) => answer(response)),
    listening,
  );
  const dns = await fakeDns({ udp: leading({ A: () => ['127.0.0.1'] }) });
  closing.push(server.close, () => dns.close());

  const table = memoryTable();
  const url = `https://${HOST}:${server.port}/told`;
  const hook = webhook('whk_1', 0, { url });
  const [webhooks, deliveries] = [webhookStore(table), deliveryStore(table)];
  await webhooks.add(hook);
  await deliveries.add({ ...delivery(ID), nextAttemptAt: new Date(0).toISOString() });

  const lines: string[] = [];
  const post = webhookPost({ loopback: true, resolvers: dns.address, authorities });
  const handler = makeHandler({
    webhooks,
    deliveries,
    post: post.post,
    ...memorySubmitters(),
    ledger: ledger(table),
    webhookSecret: async () => MASTER,
    random: () => 0,
    metrics: memoryMetrics(),
    // The receiver's library reads its own clock.
    now: () => new Date(),
    log: jsonLog((line) => lines.push(line), 'test'),
  });
  return {
    heard,
    hook,
    lines,
    webhooks,
    answerWith: (speak: (response: ServerResponse) => unknown) => void (answer = speak),
    ring: (...bodies: string[]) => handler(eventOf(bodies)),
    delivery: async () => {
      const found = await deliveries.get(ID);
      return found.ok ? found.value : undefined;
    },
  };
}

async function tlsOf(host: string): Promise<{ listening: ServerOptions; authorities: string[] }> {
  const authority = await cachedAuthority('Web Authority');
  const { certificatePem: cert, privateKeyPem: key } = await issueQuickly(authority, {
    name: 'web',
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    domain: host,
  });
  return { listening: { key, cert }, authorities: [authority.certificatePem] };
}

const hearing =
  (heard: Heard[], answer: (response: ServerResponse) => unknown): RequestListener =>
  (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString('utf8');
      heard.push({ body, headers: request.headers as Record<string, string> });
      answer(response);
    });
  };

const eventOf = (bodies: readonly string[]): SQSEvent =>
  ({
    Records: bodies.map((body, n) => ({
      messageId: `m${n}`,
      body,
      eventSource: 'aws:sqs',
      attributes: {},
      messageAttributes: {},
    })),
  }) as never;

const ALL_DONE = { batchItemFailures: [] };

let world: Awaited<ReturnType<typeof makeWorld>>;

beforeEach(async () => {
  world = await makeWorld();
});

describe('a report over HTTPS', () => {
  test('is genuine to the library of Standard Webhooks, and told once', async () => {
    expect(await world.ring(ID, ID)).toEqual(ALL_DONE);
    expect(world.heard).toHaveLength(1);
    const [{ body, headers }] = world.heard as [Heard];
    const { type, at, ...data } = delivery(ID).report;
    expect(new Receiver(secretOf(world.hook, MASTER)).verify(body, headers)).toEqual({
      type,
      timestamp: at,
      data,
    });
    expect(headers['webhook-id']).toBe(ID);
    expect(await world.delivery()).toMatchObject({ status: 'delivered', lastStatus: 204 });
  });

  test('is genuine under both secrets while one is replaced', async () => {
    const asked = (current: typeof world.hook) => withNextSecret(current, 'x' as never, new Date());
    const next = await world.webhooks.change(world.hook.id, asked);
    await world.ring(ID);
    const [{ body, headers }] = world.heard as [Heard];
    for (const hook of [world.hook, next.ok ? next.value : world.hook]) {
      expect(new Receiver(secretOf(hook, MASTER)).verify(body, headers)).toBeDefined();
    }
  });

  test.each([
    [500, 'waiting'],
    [302, 'waiting'],
    [404, 'waiting'],
    [410, 'failed'],
    [200, 'delivered'],
  ] as const)('that is answered with %i is %s after it', async (status, expected) => {
    world.answerWith((response) => response.writeHead(status, { location: '/other' }).end('why'));
    expect(await world.ring(ID)).toEqual(ALL_DONE);
    expect(await world.delivery()).toMatchObject({
      status: expected,
      lastStatus: status,
      attempts: 1,
    });
    expect(world.heard).toHaveLength(1);
  });

  test('report/webhook-failed: a receiver that breaks off', async () => {
    world.answerWith((response) => response.destroy());
    expect(await world.ring(ID)).toEqual(ALL_DONE);
    expect(await world.delivery()).toMatchObject({ status: 'waiting', attempts: 1 });
    expect(await world.delivery()).not.toHaveProperty('lastStatus');
    expect(world.lines.join('')).toContain('"code":"report/webhook-failed"');
  });

  test('report/webhook-disabled: a receiver that is gone is told nothing more', async () => {
    await world.webhooks.change(world.hook.id, (current) =>
      done({ ...current, status: 'disabled' }),
    );
    expect(await world.ring(ID)).toEqual(ALL_DONE);
    expect(world.heard).toEqual([]);
    expect(world.lines.join('')).toContain('"code":"report/webhook-disabled"');
  });
});

describe('a ring', () => {
  test.each(['', 'x', `tx_${'a'.repeat(26)}`, `whd_${'b'.repeat(26)}`])(
    'report/unknown-delivery: %j is ignored',
    async (body) => {
      expect(await world.ring(body)).toEqual(ALL_DONE);
      expect(world.heard).toEqual([]);
      expect(world.lines.join('')).toContain('"code":"report/unknown-delivery"');
    },
  );
});
