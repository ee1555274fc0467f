import { afterEach, describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { makeHandler } from '../../../lambdas/deliver-webhook/handler.ts';
import type { Credential } from '../../../shared/adapters/relay-secret.ts';
import { deliveryStore } from '../../../shared/adapters/dynamo/deliveries.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { webhookStore } from '../../../shared/adapters/dynamo/webhooks.ts';
import { submitterPost } from '../../../shared/adapters/xdr/submitter-post.ts';
import { submitterDeliveryIdOf } from '../../../shared/ids.ts';
import { jsonLog } from '../../../shared/log.ts';
import { faultAnswer } from '../../../shared/package/xdr/answer.ts';
import { newDelivery } from '../../../shared/report/delivery.ts';
import type { SubmissionRef } from '../../../shared/transmission/transmission.ts';
import {
  HANG_UP,
  says,
  startXdr,
  type Answering,
  type XdrServer,
} from '../../adapters/xdr/xdr-servers.ts';
import { ADA_KEY, report, transmission } from '../../contracts/stores/samples.ts';
import { read } from '../../package/xdr/requests.ts';
import { ANY_HOST, clientBy, serverAt } from '../../support/any-host.ts';
import { atSecond } from '../../support/histories.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { memoryReceivers } from '../../support/memory/receivers.ts';
import { memorySubmitters } from '../../support/memory/submitters.ts';
import { memoryTable } from '../../support/memory/table.ts';
import { openCopy } from '../../support/open-copy.ts';

const SUBMISSION: SubmissionRef = {
  bytesAt: 'submissions/1',
  sha256: 'a'.repeat(64) as SubmissionRef['sha256'],
  messageId: 'urn:uuid:066956f1-5b37-45df-9997-40f8e71d05b3',
  client: 'edge',
};
const ID = submitterDeliveryIdOf('edge', report().id);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const eventOf = (body: string): SQSEvent =>
  ({ Records: [{ messageId: 'm1', body, eventSource: 'aws:sqs', attributes: {} }] }) as never;

interface Edge {
  readonly answering?: Answering;
  /** Absent: ours, by an authority that the edge believes. */
  readonly shown?: readonly object[];
  readonly isBelieved?: boolean;
}

/** An edge over mutual TLS, and the function that tells it the end of a copy. */
async function tellEdge({ answering = says(), shown, isBelieved = true }: Edge = {}) {
  const { ca, ...identity } = await serverAt(ANY_HOST);
  const mutual = { ca, requestCert: true, rejectUnauthorized: true };
  const server: XdrServer = await startXdr(answering, { ...identity, ...mutual });
  closing.push(server.close);
  const host = `${ANY_HOST}:${server.port}`;
  const credentials = (shown ?? [await clientBy()]).map(
    (each) => ({ host, ...each }) as Credential,
  );

  const table = memoryTable();
  await openCopy(table, transmission('tx_1', 0, { submission: SUBMISSION }), atSecond(9999));
  const deliveries = deliveryStore(table);
  const audited = { report: report(), patientKey: ADA_KEY };
  await deliveries.add(newDelivery(ID, { submitter: 'edge' }, audited, atSecond(0)));
  const lines: string[] = [];
  const handler = makeHandler({
    ...memorySubmitters({ edge: `https://${host}/told` }),
    postXdr: submitterPost({
      credentials: async (asked) => (asked === host ? credentials : []),
      authorities: isBelieved ? [ca] : [],
    }),
    deliveries,
    webhooks: webhookStore(table),
    ledger: ledger(table),
    post: memoryReceivers().post,
    webhookSecret: async () => 'the master secret',
    random: () => 0,
    metrics: memoryMetrics(),
    now: () => atSecond(0),
    log: jsonLog((line) => lines.push(line), 'test'),
  });
  expect(await handler(eventOf(ID))).toEqual({ batchItemFailures: [] });
  const left = await deliveries.get(ID);
  return { server, lines, delivery: left.ok ? left.value : undefined };
}

describe('the end of a copy, told over mutual TLS', () => {
  test('is taken by an edge that answers with success, and relates to what it sent', async () => {
    const { server, delivery, lines } = await tellEdge();
    expect(delivery).toMatchObject({ status: 'delivered', attempts: 1, lastStatus: 200 });
    expect(server.heard).toHaveLength(1);
    const [{ request, entity, fingerprint }] = server.heard as [XdrServer['heard'][number]];
    expect(request.url).toBe('/told');
    expect(fingerprint).toMatch(/^[0-9A-F]{2}(?::[0-9A-F]{2}){31}$/);
    expect(read(entity)).toMatchObject({
      messageId: `mid:${ID}@direct.holder.example`,
      addressing: { relatesTo: SUBMISSION.messageId },
      contents: { kind: 'disposition', said: { disposition: 'success' } },
    });
    expect(lines.join('')).toContain('submitter-told');
  });

  test.each<readonly [string, Answering, number | undefined]>([
    ['that refuses it', says('transmit-request/none'), 200],
    ['with a fault', () => ({ status: 500, ...faultAnswer('Receiver', 'edge/failed', '') }), 500],
    [
      'that says success and means another status',
      (heard) => ({ ...says()(heard), status: 202 }),
      202,
    ],
    [
      'with a page',
      () => ({ status: 200, contentType: 'text/html', body: Buffer.from('<p>') }),
      200,
    ],
    ['elsewhere', () => ({ status: 302 }), 302],
    ['with nothing', HANG_UP, undefined],
  ])('is told again to an edge that answers %s', async (_, answering, status) => {
    const { server, delivery, lines } = await tellEdge({ answering });
    expect(server.heard).toHaveLength(1);
    expect(delivery).toMatchObject({ status: 'waiting', attempts: 1 });
    expect(delivery?.lastStatus).toBe(status);
    expect(lines.join('')).toContain('submitter-untold');
    expect(lines.join('')).not.toContain('doorbell-ignored');
  });

  test.each<readonly [string, Edge]>([
    ['whose certificate nobody vouches for', { isBelieved: false }],
    ['that wants a certificate which the secret does not have', { shown: [] }],
  ])('does not get to an edge %s', async (_, edge) => {
    const { server, delivery } = await tellEdge(edge);
    expect(server.heard).toEqual([]);
    expect(delivery).toMatchObject({ status: 'waiting', attempts: 1 });
    expect(delivery).not.toHaveProperty('lastStatus');
  });
});
