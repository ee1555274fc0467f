import { onQueue } from '../../shared/edge/queue.ts';
import type { FailureCode } from '../../shared/failures.ts';
import type { Log } from '../../shared/log.ts';
import type { Metrics } from '../../shared/metrics.ts';
import {
  receiveRelayEvent,
  type RelayEventPorts,
} from '../../shared/notification/receive-relay-event.ts';
import { statusOf } from '../../shared/status/status.ts';

export interface ReceiveRelayEventPorts extends RelayEventPorts {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Of no copy: what else the relay tells everybody who listens. */
const NO_NOTICE: FailureCode = 'notification/not-a-notice';

/** Events of the relay, one at a time. What is about no copy of ours is counted, said in the log, and changes nothing. */
export const makeHandler = (ports: ReceiveRelayEventPorts) =>
  onQueue(async (body) => {
    const { log, metrics } = ports;

    const heard = await receiveRelayEvent(body, ports);

    if (!heard.ok) {
      const { code } = heard.failure;
      if (code !== NO_NOTICE) metrics.put('OrphanNotice', 1);
      return log.info('relay-event-ignored', { code });
    }
    const { event, history, news } = heard.value;
    const transmissionId = history.transmission.id;
    if (event === 'Complaint') metrics.put('Complaint', 1);
    if (news.length === 0) return log.info('relay-event-ignored', { transmissionId });
    log.info('relay-event-recorded', { transmissionId, ...statusOf(history.facts) });
  }, ports.log);
