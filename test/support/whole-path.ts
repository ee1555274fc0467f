import { randomUUID } from 'node:crypto';
import type { DynamoDBBatchResponse, SQSBatchResponse } from 'aws-lambda';
import type { NoticeKind } from '../../infra/local/partner/mdn.ts';
import { makeHandler as matchTriggers } from '../../lambdas/match-triggers/handler.ts';
import { makeHandler as receiveNotification } from '../../lambdas/receive-notification/handler.ts';
import { makeHandler as receiveRelayEvent } from '../../lambdas/receive-relay-event/handler.ts';
import { makeHandler as ringBells } from '../../lambdas/ring/handler.ts';
import { makeHandler as sendTransmission } from '../../lambdas/send-transmission/handler.ts';
import { makeHandler as sweepDue } from '../../lambdas/sweep/handler.ts';
import { answerStore } from '../../shared/adapters/dynamo/answers.ts';
import { domainStore } from '../../shared/adapters/dynamo/domains.ts';
import { dueIndex } from '../../shared/adapters/dynamo/due-index.ts';
import { addressName, PKIX } from '../../shared/discover/dns-cert.ts';
import { uploadedRecord } from '../../shared/record/source/refresh.ts';
import type { SigningIdentity } from '../../shared/secure/keys.ts';
import { httpWorld, SENDER, type Differing } from '../lambdas/http-world.ts';
import { memoryAnswerCounter } from './memory/answer-counter.ts';
import { memoryBytes } from './memory/bytes.ts';
import { memoryCircuitStore } from './memory/circuit-store.ts';
import { memoryDoorbell } from './memory/doorbell.ts';
import { memoryKeys } from './memory/keys.ts';
import { memoryMailDrop } from './memory/mail-drop.ts';
import { memoryMetrics } from './memory/metrics.ts';
import { memoryPartner } from './memory/partner.ts';
import { memoryRateCounter } from './memory/rate-counter.ts';
import { memoryRelay } from './memory/relay.ts';
import type { Change } from './memory/table.ts';
import { cachedKeys, issueQuickly } from './pki.ts';

export const RECIPIENT = 'dr.lee@direct.clinic.example';

const QUEUES = ['match', 'send', 'mail', 'relay'] as const;
type Queue = (typeof QUEUES)[number];
type Work = (event: never) => Promise<SQSBatchResponse | DynamoDBBatchResponse>;

/**
 * The whole system in one process: the real handlers over one table, buckets, queues and a relay in memory, with a
 * partner at the far end. Nothing moves until `settle` is called, and no time passes but by `at`.
 */
export async function wholePath(differing: Differing = {}) {
  const world = await httpWorld(differing);
  const holder = await issueQuickly(world.anchor, {
    address: SENDER,
    keys: await cachedKeys('holder'),
  });
  const recipient = await issueQuickly(world.anchor, { address: RECIPIENT });
  world.directory.set(addressName(RECIPIENT as never), [
    { type: PKIX, data: recipient.certificate },
  ]);

  const relay = memoryRelay();
  const partner = memoryPartner(recipient, holder.certificate);
  const messages = memoryBytes();
  const mail = memoryBytes();
  const queues: Record<Queue, string[]> = { match: [], send: world.sendQueue, mail: [], relay: [] };
  const stream: Change[] = [];
  world.table.onChange((change) => {
    const kind = change.newImage?.['kind']?.S ?? '';
    if (change.eventName === 'INSERT' && ['trigger', 'transmission', 'answer'].includes(kind))
      stream.push(change);
  });

  const bells = {
    trigger: memoryDoorbell(queues.match),
    ...world.ports.bells,
    answer: memoryDoorbell(queues.send),
    // Nobody has a webhook here.
    delivery: memoryDoorbell([]),
  };
  const ports = {
    ...world.ports,
    bells,
    refreshRecord: uploadedRecord,
    messages,
    mail,
    relay,
    kept: memoryMailDrop(mail),
    answers: answerStore(world.table),
    answerCounter: memoryAnswerCounter(),
    domains: domainStore(world.table),
    dueIndex: dueIndex(world.table),
    keys: memoryKeys([{ address: SENDER, identity: holder }]),
    messageIdSecret: async () => 'a secret',
    newOwner: randomUUID,
    rate: memoryRateCounter(),
    circuit: memoryCircuitStore(),
    metrics: memoryMetrics(),
    // Every wait is as long as it can be.
    random: () => 1,
    wait: async () => undefined,
  };
  const workers: Record<Queue | 'stream', Work> = {
    stream: ringBells(ports),
    match: matchTriggers(ports),
    send: sendTransmission({ ...ports, routeTo: () => ports }),
    mail: receiveNotification(ports),
    relay: receiveRelayEvent(ports),
  };
  const sweep = sweepDue(ports);

  /** Works until nothing moves any more. What a worker could not do goes back to its queue once this is over. */
  async function settle(): Promise<void> {
    const returned: [Queue, string][] = [];
    for (;;) {
      const change = stream.shift();
      if (change) await run(workers.stream, streamEvent(change));
      const queue = QUEUES.find((name) => queues[name].length > 0);
      if (!change && !queue) break;
      const body = queue && queues[queue].shift();
      if (queue && body !== undefined && !(await run(workers[queue], queueEvent(body)))) {
        returned.push([queue, body]);
      }
    }
    for (const [queue, body] of returned) queues[queue].push(body);
  }

  let arrived = 0;
  /** Mail that comes in, as SES and S3 bring it. @param folder of the bucket: by which way it came */
  async function deliverMail(raw: Uint8Array, folder = 'mail/'): Promise<void> {
    const key = `${folder}${arrived++}`;
    await mail.put(key, raw);
    queues.mail.push(JSON.stringify({ Records: [{ s3: { object: { key } } }] }));
    await settle();
  }

  /** An event of the relay, as its topic has it. */
  async function tellOf(event: unknown): Promise<void> {
    queues.relay.push(JSON.stringify(event));
    await settle();
  }

  return {
    ...world,
    ports,
    holder,
    recipient,
    relay,
    partner,
    messages,
    mail,
    queues,
    stream,
    metrics: ports.metrics,
    circuit: ports.circuit,
    workers,
    settle,
    deliverMail,
    tellOf,
    /** The partner answers the copy that came `index`-th. */
    answer: async (kinds: readonly NoticeKind[], index = 0, signer?: SigningIdentity) => {
      const envelope = relay.taken[index];
      if (!envelope) throw new Error('The relay has no such copy');
      const answers = await partner.answers(
        envelope,
        kinds.map((says) => ({ says })),
        ports.now(),
        signer,
      );
      for (const raw of answers) await deliverMail(raw);
    },
    /** Time passes, the sweep runs, and what it rang is worked on. */
    sweepAt: async (iso: string) => {
      world.at(iso);
      await sweep({});
      await settle();
    },
  };
}

export type WholePath = Awaited<ReturnType<typeof wholePath>>;

const run = async (work: Work, event: unknown): Promise<boolean> =>
  (await work(event as never)).batchItemFailures.length === 0;

const queueEvent = (body: string) => ({
  Records: [
    { messageId: 'm', body, eventSource: 'aws:sqs', attributes: {}, messageAttributes: {} },
  ],
});

const streamEvent = ({ eventName, newImage }: Change) => ({
  Records: [{ eventName, dynamodb: { NewImage: newImage, SequenceNumber: '1' } }],
});
