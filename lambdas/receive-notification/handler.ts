import { keysOf } from '../../shared/edge/bucket-event.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import type { Log } from '../../shared/log.ts';
import { receive, type ReceivePorts } from '../../shared/notification/receive.ts';
import type { BytesStore } from '../../shared/record/store.ts';
import type { Outcome } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { statusOf } from '../../shared/status/status.ts';
import type { History } from '../../shared/transmission/transmission.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';

export interface ReceiveNotificationPorts extends Omit<ReceivePorts, 'anchors'> {
  readonly mail: BytesStore;
  readonly settings: Settings;
  readonly log: Log;
}

/** Mail that came in, one object at a time. What is no notice of ours is left lying in the bucket, and said in the log. */
export function makeHandler(given: ReceiveNotificationPorts) {
  const ports = { ...given, anchors: anchorsOf(given.settings) };
  return onQueue(async (body) => {
    for (const key of keysOf(body)) {
      const received = await receive(await ports.mail.get(key), ports);
      say(received, ports.log);
    }
  }, ports.log);
}

function say(received: Outcome<History>, log: Log): void {
  if (!received.ok) return log.info('notice-ignored', { code: received.failure.code });
  const { transmission, facts } = received.value;
  log.info('notice-recorded', { transmissionId: transmission.id, ...statusOf(facts) });
}
