import { GetSendQuotaCommand, type SESClient } from '@aws-sdk/client-ses';
import type { Now } from '../../clock.ts';
import { errorNameOf, type Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';

export interface QuotaPorts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now?: Now;
}

/** SES answers one such question a second, to all workers together. */
const ASK_EACH_MS = 5 * 60 * 1000;
const WAIT_MS = 5_000;

/**
 * Tells how much is used of what SES takes in 24 hours. Every five minutes at most, for one process; what goes wrong is
 * said in the log and nowhere else.
 */
export function sesQuotaWatch(
  ses: SESClient,
  { log, metrics, now = () => new Date() }: QuotaPorts,
): () => Promise<void> {
  let askedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = now().getTime();
    if (at - askedAt < ASK_EACH_MS) return;
    askedAt = at;
    try {
      const quota = await ses.send(new GetSendQuotaCommand({}), {
        abortSignal: AbortSignal.timeout(WAIT_MS),
      });
      metrics.put('RelayQuotaUsedPercent', usedPercent(quota));
    } catch (error) {
      log.error('relay-quota-unread', { errorName: errorNameOf(error) });
    }
  };
}

/** -1 stands for a quota without end. */
function usedPercent({
  Max24HourSend: most = 0,
  SentLast24Hours: sent = 0,
}: {
  readonly Max24HourSend?: number | undefined;
  readonly SentLast24Hours?: number | undefined;
}): number {
  if (most < 0) return 0;
  return most === 0 ? 100 : Math.round((1000 * sent) / most) / 10;
}
