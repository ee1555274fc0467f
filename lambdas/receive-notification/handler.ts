import { keysOf } from '../../shared/edge/bucket-event.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { ruleOf } from '../../shared/failures.ts';
import type { Log } from '../../shared/log.ts';
import { receive, type ReceivePorts } from '../../shared/notification/receive.ts';
import type { BytesStore } from '../../shared/record/store.ts';
import type { Failure, Outcome } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { statusOf } from '../../shared/status/status.ts';
import type { History } from '../../shared/transmission/transmission.ts';

export interface ReceiveNotificationPorts extends ReceivePorts {
  readonly mail: BytesStore;
  readonly settings: Settings;
  readonly log: Log;
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
  const received = await receive(await ports.mail.get(key), ports);
  if (!received.ok && ruleOf(received.failure.code).retry) throw new NotNow(received.failure);
  say(received, ports.log);
}

/** Gives the mail back to the queue: who signed a notice must not go unheard because a revocation list was not to be had. */
class NotNow extends Error {
  constructor({ code }: Failure) {
    super(code);
  }
}

function say(received: Outcome<History>, log: Log): void {
  if (!received.ok) return log.info('notice-ignored', { code: received.failure.code });
  const { transmission, facts } = received.value;
  log.info('notice-recorded', { transmissionId: transmission.id, ...statusOf(facts) });
}
