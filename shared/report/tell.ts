import type { Now } from '../clock.ts';
import { deliveryIdOf } from '../ids.ts';
import type { Doorbell } from '../trigger/doorbell.ts';
import { bodyOfRing } from '../trigger/ring.ts';
import type { Audit } from './audit.ts';
import type { Bus } from './bus.ts';
import type { Audited, Report } from './report.ts';
import type { Webhook } from './webhook.ts';
import { isWanted } from './webhook/changes.ts';
import type { DeliveryStore, WebhookStore } from './webhook/store.ts';

export interface TellPorts {
  readonly audit: Audit;
  readonly bus: Bus;
  readonly webhooks: WebhookStore;
  readonly deliveries: DeliveryStore;
  /** Of the function `match-triggers`, which looks after requests. */
  readonly bell: Doorbell;
  readonly now: Now;
}

/**
 * Tells everybody, the audit first: nobody hears of what is not on record. It bears repetition as a whole: the audit
 * leaves out what it has, a bus and its listeners know a report by its id, and a delivery is added once.
 *
 * @param batch 1 to 20, in the order in which it happened
 * @throws whatever one of those who are told throws; then some may have been told, and all shall be told again
 */
export async function tell(batch: readonly Audited[], ports: TellPorts): Promise<void> {
  await ports.audit.append(batch, ports.now());
  await ports.bus.publish(batch.map(({ report }) => report));
  const webhooks = await ports.webhooks.list();
  for (const { report } of batch) await addDeliveries(report, webhooks, ports);
  for (const each of batch) await lookAtFailing(each, ports);
}

const addDeliveries = (
  report: Report,
  webhooks: readonly Webhook[],
  { deliveries, now }: TellPorts,
): Promise<unknown> => {
  const at = now().toISOString();
  return Promise.all(
    webhooks
      .filter((webhook) => isWanted(webhook, report))
      .map(({ id: webhookId }) =>
        deliveries.add({
          id: deliveryIdOf(webhookId, report.id),
          webhookId,
          report,
          createdAt: at,
          attempts: 0,
          nextAttemptAt: at,
          status: 'waiting',
          version: 1,
        }),
      ),
  );
};

/** An address to which copies fail again and again is paused by whoever looks at its request. */
async function lookAtFailing({ report, patientKey }: Audited, { bell }: TellPorts): Promise<void> {
  if (report.type !== 'transmission.failed') return;
  await bell.ring(bodyOfRing({ kind: 'request', id: report.requestId, patientKey }));
}
