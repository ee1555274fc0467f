import { keysOf } from '../../shared/edge/bucket-event.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import type { Log } from '../../shared/log.ts';
import { receive, type ReceivePorts } from '../../shared/notification/receive.ts';
import type { BytesStore } from '../../shared/record/store.ts';
import { statusOf } from '../../shared/status/status.ts';

export interface ReceiveNotificationPorts extends ReceivePorts {
  readonly mail: BytesStore;
  readonly log: Log;
}

/** Mail that came in, one object at a time. What is no notice of ours is left lying in the bucket, and said in the log. */
export const makeHandler = (ports: ReceiveNotificationPorts) =>
  onQueue(async (body) => {
    for (const key of keysOf(body)) await take(key, ports);
  }, ports.log);

async function take(key: string, ports: ReceiveNotificationPorts): Promise<void> {
  const received = await receive(await ports.mail.get(key), ports);
  if (!received.ok) return ports.log.info('notice-ignored', { code: received.failure.code });
  const { transmission, facts } = received.value;
  ports.log.info('notice-recorded', { transmissionId: transmission.id, ...statusOf(facts) });
}
