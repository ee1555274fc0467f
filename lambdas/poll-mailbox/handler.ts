import { onSchedule } from '../../shared/edge/schedule.ts';
import type { Log } from '../../shared/log.ts';
import type { Metrics } from '../../shared/metrics.ts';
import { pollMailbox, type PollPorts } from '../../shared/notification/mailbox/poll-mailbox.ts';

export interface PollMailboxPorts extends PollPorts {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Asks the mailbox of the settings for what is new. What it does not come to, the next run does. */
export const makeHandler = (ports: PollMailboxPorts) =>
  onSchedule(async () => {
    const { log, metrics } = ports;
    const polled = await pollMailbox(ports);
    if (!polled.ok) {
      metrics.put('MailboxUnread', 1);
      return log.error('mailbox-unread', { code: polled.failure.code });
    }
    const { taken, skipped } = polled.value;
    log.info('mailbox-polled', { count: taken });
    if (skipped === 0) return;
    metrics.put('MailSkipped', skipped);
    log.error('mail-skipped', { count: skipped });
  }, ports.log);
