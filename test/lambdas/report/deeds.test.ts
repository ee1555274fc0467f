import { expect, test } from '@jest/globals';
import { makeHandler } from '../../../lambdas/report/handler.ts';
import { activityStore } from '../../../shared/adapters/dynamo/activities.ts';
import { deliveryStore } from '../../../shared/adapters/dynamo/deliveries.ts';
import { holdStore } from '../../../shared/adapters/dynamo/holds.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { happeningIn } from '../../../shared/adapters/dynamo/stream-image.ts';
import { webhookStore } from '../../../shared/adapters/dynamo/webhooks.ts';
import { jsonLog } from '../../../shared/log.ts';
import { verifyAudit } from '../../../shared/report/audit/verify.ts';
import type { Report } from '../../../shared/report/report.ts';
import { ADA_KEY, webhook } from '../../contracts/stores/samples.ts';
import { atSecond } from '../../support/histories.ts';
import { memoryAudit } from '../../support/memory/audit.ts';
import { memoryDoorbell } from '../../support/memory/doorbell.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { type Change, memoryTable } from '../../support/memory/table.ts';

test('what an operator or the clock did is entered into the audit, and told to nobody else', async () => {
  const table = memoryTable({ seed: 3 });
  await webhookStore(table).add(webhook('whk_1'));
  const changes: Change[] = [];
  table.onChange((change) => changes.push(change));
  const at = atSecond(9).toISOString();
  await holdStore(table).place({ patientKey: ADA_KEY, at, reason: 'case-17', by: 'kim' });
  const published: Report[][] = [];
  const audit = memoryAudit();
  const deliveries = deliveryStore(table);
  let added = 0;
  const handler = makeHandler({
    ledger: ledger(table),
    audit,
    bus: { publish: async (reports) => void published.push([...reports]) },
    webhooks: webhookStore(table),
    activities: activityStore(table),
    deliveries: { ...deliveries, add: async () => void (added += 1) },
    bell: memoryDoorbell([]),
    happeningIn,
    settings: { xdr: [] },
    metrics: memoryMetrics(),
    now: () => atSecond(30),
    log: jsonLog(() => undefined, 'test'),
  });
  const Records = changes
    .filter(({ newImage }) => newImage?.['kind']?.S === 'deed')
    .map(({ newImage }, n) => ({
      eventName: 'INSERT' as const,
      dynamodb: { SequenceNumber: `${n}`, NewImage: newImage as never },
    }));
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });

  expect(audit.deeds()).toEqual([
    {
      report: { id: expect.stringMatching(/^rep_/), type: 'hold.placed', at },
      deed: { patientKey: ADA_KEY, reason: 'case-17', by: 'kim' },
    },
  ]);
  const verified = await verifyAudit({ trail: audit.trail, pause: async () => undefined });
  expect(verified).toMatchObject({ findings: [], events: 1 });
  expect([published, added]).toEqual([[], 0]);
  expect((await activityStore(table).page(ADA_KEY, { limit: 9 })).items).toEqual([]);
});
