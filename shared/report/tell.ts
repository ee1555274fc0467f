import type { Now } from '../clock.ts';
import { deliveryIdOf } from '../ids.ts';
import { errorNameOf, type Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Doorbell } from '../trigger/doorbell.ts';
import { bodyOfRing } from '../trigger/ring.ts';
import { activityOf } from './activity/activity-of.ts';
import type { ActivityStore } from './activity/store.ts';
import type { Audit } from './audit.ts';
import type { Bus } from './bus.ts';
import { newDelivery } from './delivery.ts';
import { type Auditable, type Audited, isForOthers, type Report } from './report.ts';
import type { Webhook } from './webhook.ts';
import { isWanted } from './webhook/changes.ts';
import { tellSubmitters, type SubmitterPorts } from './submitter/tell-submitters.ts';
import type { WebhookStore } from './webhook/store.ts';

export interface TellPorts extends SubmitterPorts {
  readonly audit: Audit;
  readonly activities: Pick<ActivityStore, 'keep'>;
  readonly bus: Bus;
  readonly webhooks: WebhookStore;
  /** Of the function `match-triggers`, which looks after requests. */
  readonly bell: Doorbell;
  readonly metrics: Metrics;
  readonly now: Now;
  readonly log: Log;
}

/**
 * Tells everybody, the audit first: nobody hears of what is not on record. One who cannot be told keeps it from nobody
 * else. It bears repetition as a whole: the audit leaves out what it has, a bus and its listeners know a report by its id,
 * and a delivery is added once.
 *
 * @param news 1 to 20, in the order in which it happened
 * @throws whatever one of those who are told throws; then some may have been told, and all shall be told again
 */
export async function tell(news: readonly Auditable[], ports: TellPorts): Promise<void> {
  await ports.audit.append(news, ports.now());
  const batch = news.filter(isForOthers);
  if (batch.length === 0) return;
  const reports = batch.map(({ report }) => report);
  const told = await Promise.allSettled([
    publish(reports, ports),
    tellPatients(batch, ports),
    tellWebhooks(batch, ports),
    tellSubmitters(batch, ports),
    lookAtFailing(batch, ports),
  ]);
  for (const each of told) if (each.status === 'rejected') throw each.reason;
}

/**
 * So long a bus may take nothing, and everything that happens waits for it. What waits in the stream is lost some hours
 * later, and then it would be in no audit either: so after that the bus is not told, and this is said.
 */
const BUS_PATIENCE_SECONDS = 4 * 3600;

async function publish(
  reports: readonly Report[],
  { bus, metrics, now, log }: TellPorts,
): Promise<void> {
  try {
    await bus.publish(reports);
  } catch (error) {
    const oldest = Math.min(...reports.map(({ at }) => Date.parse(at)));
    if (now().getTime() - oldest < BUS_PATIENCE_SECONDS * 1000) throw error;
    metrics.put('BusUntold', reports.length);
    log.error('bus-untold', { count: reports.length, errorName: errorNameOf(error) });
  }
}

/** Each patient has a log of the things that concern him. */
const tellPatients = (batch: readonly Audited[], { activities }: TellPorts): Promise<void> =>
  activities.keep(
    batch.flatMap((audited) => {
      const activity = activityOf(audited);
      return activity === undefined ? [] : [{ patientKey: audited.patientKey, activity }];
    }),
  );

async function tellWebhooks(batch: readonly Audited[], ports: TellPorts): Promise<void> {
  const webhooks = await ports.webhooks.list();
  for (const audited of batch) await addDeliveries(audited, webhooks, ports);
}

const addDeliveries = (
  audited: Audited,
  webhooks: readonly Webhook[],
  { deliveries, now }: TellPorts,
): Promise<unknown> => {
  const at = now();
  const { report } = audited;
  return Promise.all(
    webhooks
      .filter((webhook) => isWanted(webhook, report))
      .map(({ id: webhookId }) =>
        deliveries.add(newDelivery(deliveryIdOf(webhookId, report.id), { webhookId }, audited, at)),
      ),
  );
};

/** An address to which copies fail again and again is paused by whoever looks at its request. */
async function lookAtFailing(batch: readonly Audited[], { bell }: TellPorts): Promise<void> {
  for (const { report, patientKey } of batch) {
    if (report.type !== 'transmission.failed') continue;
    await bell.ring(bodyOfRing({ kind: 'request', id: report.requestId, patientKey }));
  }
}
