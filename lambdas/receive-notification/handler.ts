import { keysOf } from '../../shared/edge/bucket-event.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { ruleOf, type FailureCode } from '../../shared/failures.ts';
import { domainOf } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import type { Metrics } from '../../shared/metrics.ts';
import type { NoticeFact } from '../../shared/notification/belief/word.ts';
import { channelOf } from '../../shared/notification/channel.ts';
import type { Domains } from '../../shared/notification/domains.ts';
import { receive, type ReceivePorts } from '../../shared/notification/receive.ts';
import type { BytesStore } from '../../shared/record/store.ts';
import type { Failure } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { statusOf } from '../../shared/status/status.ts';

export interface ReceiveNotificationPorts extends ReceivePorts {
  readonly mail: Pick<BytesStore, 'get'>;
  readonly domains: Pick<Domains, 'confirmed'>;
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Mail that came in, one object at a time. What is no notice of ours is left lying in the bucket, and said in the log. */
export const makeHandler = (ports: ReceiveNotificationPorts) =>
  onQueue(async (body) => {
    const faults: unknown[] = [];
    for (const key of keysOf(body)) await hear(key, ports).catch((error) => faults.push(error));
    // Only now: one that nobody can hear must not keep those that came with it unheard.
    if (faults.length > 0) throw faults[0];
  }, ports.log);

async function hear(key: string, ports: ReceiveNotificationPorts): Promise<void> {
  const received = await receive(await ports.mail.get(key), channelOf(key), ports);
  if (!received.ok) return ignore(received.failure, ports);
  const { history, news } = received.value;
  const { id: transmissionId, address } = history.transmission;
  ports.log.info('notice-recorded', { transmissionId, ...statusOf(history.facts) });
  for (const what of news.flatMap(confirmedBy)) {
    await ports.domains.confirmed(domainOf(address), what, ports.now());
  }
}

/** Mail that nobody took for a notice, ours or another's. */
const ORDINARY: readonly FailureCode[] = ['notification/not-a-notice', 'notification/auto-reply'];

function ignore({ code }: Failure, { log, metrics }: ReceiveNotificationPorts): void {
  if (ruleOf(code).retry) throw new NotNow(code);
  if (!ORDINARY.includes(code)) metrics.put('OrphanNotice', 1);
  log.info('notice-ignored', { code });
}

/** Gives the mail back to the queue: who signed a notice must not go unheard because a revocation list was not to be had. */
class NotNow extends Error {}

/** What the recipient's side confirms with it, in time or not. */
function confirmedBy(fact: NoticeFact): readonly Parameters<Domains['confirmed']>[1][] {
  if (fact.kind === 'processed') return ['processed'];
  if (fact.kind === 'dispatched' && fact.final) return ['dispatched'];
  return fact.kind === 'recipient-failed' ? ['failed'] : [];
}
