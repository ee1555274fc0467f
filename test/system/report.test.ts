import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { callerAs } from '../../infra/local/api-client.ts';
import { PARTNER_DOMAIN } from '../../infra/local/certificates/identities.ts';
import type { View } from '../../infra/local/demo/follow.ts';
import { toldOf } from '../../infra/local/demo/told.ts';
import { localClientSettings } from '../../infra/local/engines/dynamodb.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { dynamoAuditItems, type AuditItems } from '../../shared/adapters/audit/audit-items.ts';
import { auditTrail, disclosureLists } from '../../shared/adapters/audit/trail.ts';
import type { Disclosure } from '../../shared/report/audit/disclosure.ts';
import { eventIn, type AuditEvent, isOfReport } from '../../shared/report/audit/event.ts';
import { verifyAudit } from '../../shared/report/audit/verify.ts';
import { eventually } from '../local/fixture.ts';
import { describeWith } from '../support/needs.ts';
import { newSharer } from './share.ts';

const DEADLINES = { retryForSeconds: 20, retryAfterSeconds: [1], doorbellLostAfterSeconds: 5 };

interface Told {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A webhook of the data holder, which fails at the first message; one that said that it is busy would be left alone. */
async function startListener(): Promise<{
  readonly url: string;
  readonly told: Told[];
  readonly server: Server;
}> {
  const told: Told[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      asked += 1;
      if (asked > 1) told.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(asked > 1 ? 204 : 500).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/reports`, told, server };
}

async function everyEvent(items: AuditItems): Promise<readonly AuditEvent[]> {
  const events: AuditEvent[] = [];
  for await (const page of auditTrail(items).everything()) {
    events.push(
      ...page.flatMap((each) => (each.kind === 'event' ? [eventIn(each.found.text)] : [])),
    );
  }
  return events;
}

describeWith(['java'], 'what the data holder is told', () => {
  let system: LocalSystem;
  let listener: Awaited<ReturnType<typeof startListener>>;
  let tables: DynamoDBClient;
  let items: AuditItems;
  let secret: string;
  let copy: View;

  beforeAll(async () => {
    listener = await startListener();
    system = await startLocalSystem({ settings: { deadlines: DEADLINES }, minuteLastsSeconds: 1 });
    tables = new DynamoDBClient(localClientSettings(system.engines.dynamoDb.endpoint));
    items = dynamoAuditItems(system.cloud.deployment.output('AuditTable') ?? '', tables);
    const holder = await callerAs(system, { kind: 'system' });
    const Made = z.object({ secret: z.string() });
    ({ secret } = await holder.call('POST /v1/webhooks', Made, { url: listener.url }));
    const sharer = await newSharer(system);
    const [ended] = await sharer.copies(await sharer.share(`dr.lopez@${PARTNER_DOMAIN}`));
    if (!ended) throw new Error('There is no copy');
    copy = ended;
    await toldOf(system.engines.eventBus.events, copy.id);
  }, 180_000);
  afterAll(async () => {
    tables?.destroy();
    listener.server.close();
    await system?.close();
  });

  const WHOLE = ['requested', 'sent', 'processed', 'dispatched', 'delivered'];

  test('comes to the bus once for each thing that happened', async () => {
    // A notice may come before the relay's answer is on record.
    const told = await toldOf(system.engines.eventBus.events, copy.id);
    expect(told.toSorted()).toEqual(WHOLE.toSorted());
    expect([told[0], told.at(-1)]).toEqual(['requested', 'delivered']);
  });

  test('comes to a webhook, signed, and again when it was not taken', async () => {
    const types = await eventually(async () => {
      const read = listener.told.map(({ headers, body }) =>
        new Webhook(secret).verify(body, headers),
      );
      const Body = z.object({
        type: z.string(),
        data: z.object({ transmissionId: z.string().optional() }),
      });
      const mine = z
        .array(Body)
        .parse(read)
        .filter(({ data }) => data.transmissionId === copy.id);
      return mine.length >= WHOLE.length && mine.map(({ type }) => type);
    }, 60);
    expect(types.toSorted()).toEqual(WHOLE.map((type) => `transmission.${type}`).sort());
  }, 90_000);

  test('is all in the audit, which is as it was entered', async () => {
    const events = await everyEvent(items);
    const ofCopy = events
      .filter(isOfReport)
      .filter(({ report }) => report.transmissionId === copy.id);
    expect(ofCopy.map(({ report }) => report.type).toSorted()).toEqual(
      WHOLE.map((type) => `transmission.${type}`).sort(),
    );
    expect(events.map(({ report }) => report.type)).toContain('transmit-request.created');
    expect(await verifyAudit({ trail: auditTrail(items), pause: () => sleep(1000) })).toMatchObject(
      {
        findings: [],
        events: events.length,
      },
    );
  }, 30_000);

  test('and the copy is listed as disclosed, once', async () => {
    const listed: Disclosure[] = [];
    const day = copy.timeline.find(({ kind }) => kind === 'accepted')?.at.slice(0, 10) ?? '';
    for await (const page of disclosureLists(items).list('day', day)) listed.push(...page);
    expect(listed).toEqual([
      expect.objectContaining({
        transmissionId: copy.id,
        certainty: 'sent',
        knownBy: 'transmission.sent',
        address: `dr.lopez@${PARTNER_DOMAIN}`,
      }),
    ]);
  });

  test('what the relay says on its topic reaches its reader, and about nothing of ours changes nothing', async () => {
    const event = { eventType: 'Delivery', mail: { messageId: 'of-somebody-else' } };
    system.engines.queues.publish('direct-transmit-local-relay-events', JSON.stringify(event));
    const line = await eventually(async () =>
      readFileSync(system.logFile, 'utf8')
        .split('\n')
        .find((each) => each.includes('relay-event-ignored')),
    );
    expect(line).toContain('receive-relay-event');
  }, 30_000);
});
