import { beforeEach, describe, expect, test } from '@jest/globals';
import { activityStore } from '../../../shared/adapters/dynamo/activities.ts';
import { deliveryStore } from '../../../shared/adapters/dynamo/deliveries.ts';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { webhookStore } from '../../../shared/adapters/dynamo/webhooks.ts';
import {
  submitterDeliveryIdOf,
  type DeliveryId,
  type TransmissionId,
} from '../../../shared/ids.ts';
import { jsonLog } from '../../../shared/log.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { deliver } from '../../../shared/report/delivery/deliver.ts';
import type { Posted } from '../../../shared/report/delivery/posted.ts';
import type { Report } from '../../../shared/report/report.ts';
import { tell } from '../../../shared/report/tell.ts';
import type { SubmissionRef } from '../../../shared/transmission/transmission.ts';
import { ADA_KEY, report, transmission } from '../../contracts/stores/samples.ts';
import { atSecond } from '../../support/histories.ts';
import { memoryAudit } from '../../support/memory/audit.ts';
import { memoryBus } from '../../support/memory/bus.ts';
import { memoryDoorbell } from '../../support/memory/doorbell.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { memoryReceivers } from '../../support/memory/receivers.ts';
import { memorySubmitters } from '../../support/memory/submitters.ts';
import { memoryTable } from '../../support/memory/table.ts';
import { openCopy } from '../../support/open-copy.ts';
import { read } from '../../package/xdr/requests.ts';

const URL = 'https://edge.example/told';
const SUBMISSION: SubmissionRef = {
  bytesAt: 'submissions/1',
  sha256: 'a'.repeat(64) as SubmissionRef['sha256'],
  messageId: 'urn:uuid:066956f1-5b37-45df-9997-40f8e71d05b3',
  client: 'edge',
};
const COPY = transmission('tx_1', 0, { submission: SUBMISSION });
const DELIVERED = report();
const FAILED = report({ type: 'transmission.failed', code: 'trust/expired' });
const STOPPED = report({ type: 'transmission.stopped', code: 'transmit-request/revoked' });
const ID = submitterDeliveryIdOf('edge', DELIVERED.id);
const NO_ANSWER: Posted = { kind: 'failed', fault: 'too-slow' };
const untaken = fail('report/submitter-failed');

function makeWorld(reportTo: Readonly<Record<string, string>> = { edge: URL }) {
  const table = memoryTable({ seed: 3, conflictRate: 0.2 });
  const submitters = memorySubmitters(reportTo);
  const lines: string[] = [];
  let second = 0;
  const ports = {
    ...submitters,
    audit: memoryAudit(),
    bus: memoryBus(),
    bell: memoryDoorbell([]),
    webhooks: webhookStore(table),
    activities: activityStore(table),
    deliveries: deliveryStore(table),
    ledger: ledger(table),
    post: memoryReceivers().post,
    webhookSecret: async () => 'the master secret',
    random: () => 0,
    metrics: memoryMetrics(),
    now: () => atSecond(second),
    log: jsonLog((line) => lines.push(line), 'test'),
  };
  return {
    ports,
    table,
    submitters,
    lines,
    tell: (...reports: Report[]) =>
      tell(
        reports.map((each) => ({ report: each, patientKey: ADA_KEY })),
        ports,
      ),
    ringAt: (at: number, id = ID) => {
      second = at;
      return deliver(id, ports);
    },
    delivery: async (id = ID) => {
      const found = await ports.deliveries.get(id);
      return found.ok ? found.value : undefined;
    },
    /** Rings for everything when it becomes due, as the sweep does; answers at which seconds it rang. */
    ringWhileDue: async (until: number): Promise<readonly number[]> => {
      const rang: number[] = [];
      for (;;) {
        const { due, since } = await dueIndex(table).due(atSecond(until), 10);
        const [first] = due.filter(({ kind }) => kind === 'delivery');
        if (!first || !since) return rang;
        second = (since.getTime() - atSecond(0).getTime()) / 1000;
        rang.push(second);
        await deliver(first.id as DeliveryId, ports);
      }
    },
  };
}

let world: ReturnType<typeof makeWorld>;
beforeEach(async () => {
  world = makeWorld();
  await openCopy(world.table, COPY, atSecond(999_999));
});

const saidTo = (entity: Uint8Array) => {
  const { contents, addressing, messageId } = read(entity);
  return {
    messageId,
    addressing,
    said: contents.kind === 'disposition' ? contents.said : undefined,
  };
};

describe('the end of a copy that came by XDR', () => {
  test.each([
    ['delivered', DELIVERED, { disposition: 'success' }],
    ['failed', FAILED, { disposition: 'failure', reasonForFailure: 'trust.expired' }],
    ['stopped', STOPPED, { disposition: 'failure', reasonForFailure: 'transmit-request.revoked' }],
  ])('is told once to who sent it: %s', async (_, end, said) => {
    await world.tell(end);
    await world.tell(end);
    expect(await world.ringAt(0)).toEqual(done('delivered'));
    expect(await world.ringAt(99)).toEqual(done('nothing-to-do'));
    expect(world.submitters.told.map(({ url }) => url)).toEqual([URL]);
    const [told] = world.submitters.told;
    expect(saidTo(told!.entity)).toEqual({
      messageId: `mid:${ID}@direct.holder.example`,
      addressing: {
        from: COPY.address,
        to: [COPY.sender],
        wantsFinalDelivery: false,
        relatesTo: SUBMISSION.messageId,
      },
      said: { recipient: COPY.address, ...said },
    });
    expect(await world.delivery()).toMatchObject({ status: 'delivered', lastStatus: 200 });
  });

  test.each([
    ['of a copy of a record', transmission('tx_1'), { edge: URL }, DELIVERED],
    ['of somebody who is told nothing', COPY, { other: URL }, DELIVERED],
    ['that is none yet', COPY, { edge: URL }, report({ type: 'transmission.sent' })],
    [
      'of a copy that nobody knows',
      COPY,
      { edge: URL },
      report({ transmissionId: 'tx_2' as TransmissionId }),
    ],
  ])('is not told %s', async (_, copy, reportTo, said) => {
    world = makeWorld(reportTo);
    await openCopy(world.table, copy, atSecond(999_999));
    await world.tell(said);
    expect(await world.ringAt(0)).toEqual(fail('report/unknown-delivery'));
  });
});

describe('who does not take it', () => {
  test.each<Posted>([
    { kind: 'refused', status: 200 },
    { kind: 'refused', status: 410 },
    NO_ANSWER,
  ])('is told again by the schedule, the same each time, and then no more: %j', async (answer) => {
    world.submitters.answer(answer);
    await world.tell(DELIVERED);
    const rang = await world.ringWhileDue(400_000);
    const waits = rang.slice(1).map((second, at) => second - (rang[at] ?? 0));
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    const entities = new Set(world.submitters.told.map(({ entity }) => entity.toString()));
    expect(entities.size).toBe(1);
    expect(await world.delivery()).toMatchObject({ status: 'failed', attempts: 10 });
    expect(world.ports.metrics.of('SubmitterUntold')).toEqual([1]);
    expect(world.lines.filter((line) => line.includes('submitter-given-up'))).toHaveLength(1);
  });

  test('and then does, has taken it', async () => {
    world.submitters.answer({ kind: 'refused', status: 500 });
    await world.tell(DELIVERED);
    expect(await world.ringAt(0)).toEqual(untaken);
    world.submitters.answer({ kind: 'answered', status: 200 });
    expect(await world.ringAt(5)).toEqual(done('delivered'));
    expect(world.ports.metrics.of('SubmitterUntold')).toEqual([]);
  });

  test('and keeps us waiting is left alone for a while, by everybody but one', async () => {
    const others = [1, 2, 3].map((each) => report({ id: `rep_${each}` as Report['id'] }));
    const ids = others.map(({ id }) => submitterDeliveryIdOf('edge', id));
    await world.tell(DELIVERED, ...others);
    world.submitters.answer(NO_ANSWER);
    await world.ringAt(0);
    for (const id of ids) expect(await world.ringAt(29, id)).toEqual(untaken);
    expect(world.submitters.told).toHaveLength(1);
    await Promise.all(ids.map((id) => world.ringAt(60, id)));
    expect(world.submitters.told).toHaveLength(2);

    world.submitters.answer({ kind: 'answered', status: 200 });
    await world.ringWhileDue(1000);
    const states = await Promise.all([ID, ...ids].map((id) => world.delivery(id)));
    expect(states.map((each) => each?.status)).toEqual(ids.concat(ID).map(() => 'delivered'));
  });

  test('report/unknown-submitter: it is told nothing any more', async () => {
    await world.tell(DELIVERED);
    const gone = { ...world.ports, settings: { xdr: [] } };
    expect(await deliver(ID, gone)).toEqual(fail('report/unknown-submitter'));
    expect(await world.delivery()).toMatchObject({ status: 'failed' });
    expect(world.submitters.told).toEqual([]);
  });
});

describe('a worker that dies', () => {
  test('after the answer: it is told again under the same MessageID', async () => {
    await world.tell(DELIVERED);
    const dying = { ...world.ports, metrics: world.ports.metrics };
    let changes = 0;
    const deliveries = {
      ...world.ports.deliveries,
      change: (...given: Parameters<typeof world.ports.deliveries.change>) =>
        ++changes > 1 ? Promise.reject(new Error('dies')) : world.ports.deliveries.change(...given),
    };
    await expect(deliver(ID, { ...dying, deliveries })).rejects.toThrow('dies');
    expect(await world.ringAt(60)).toEqual(done('delivered'));
    const [one, two] = world.submitters.told.map(({ entity }) => saidTo(entity).messageId);
    expect(one).toBe(two);
  });
});

test('no log line holds an address, a URL or who sent it', async () => {
  world.submitters.answer(NO_ANSWER);
  await world.tell(FAILED);
  await world.ringWhileDue(400_000);
  expect(world.lines.length).toBeGreaterThan(10);
  expect(world.lines.join('\n')).not.toMatch(/example|edge|066956f1/);
});
