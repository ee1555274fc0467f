import type { Random } from '../../chance.ts';
import type { Now } from '../../clock.ts';
import type { DeliveryId } from '../../ids.ts';
import type { Log } from '../../log.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Delivery } from '../delivery.ts';
import { submitterListening, type SubmitterListeningPorts } from '../submitter/listening.ts';
import { webhookListening, type WebhookListeningPorts } from '../webhook/listening.ts';
import { begun, givenUp, isLast, settled, verdictOf } from './attempt.ts';
import type { Listening } from './listening.ts';
import type { Posted } from './posted.ts';
import type { DeliveryStore } from './store.ts';

export interface DeliverPorts extends WebhookListeningPorts, SubmitterListeningPorts {
  readonly deliveries: DeliveryStore;
  readonly random: Random;
  readonly now: Now;
  readonly log: Log;
}

/**
 * Makes one attempt to tell somebody one thing, unless it is settled or not time yet. That it was begun is on record
 * first, with the time at which somebody else may try if nothing more is heard of it.
 *
 * @failure report/unknown-delivery
 * @failure report/unknown-webhook, report/unknown-submitter  who is gone meanwhile: given up
 * @failure report/webhook-disabled                           likewise
 * @failure report/webhook-failed, report/submitter-failed    not taken; tried again, or given up after the last attempt
 */
export async function deliver(
  id: DeliveryId,
  ports: DeliverPorts,
): Promise<Outcome<'delivered' | 'nothing-to-do'>> {
  // First: without it there is no attempt, and none shall be counted.
  const master = await ports.webhookSecret();
  const claimed = await ports.deliveries.change(id, (current) => begun(current, ports.now()));
  if (!claimed.ok) return claimed;
  const attempt = claimed.value;
  if (attempt === undefined) return done('nothing-to-do');

  const listening =
    'submitter' in attempt
      ? await submitterListening(attempt, ports)
      : await webhookListening(attempt, master, ports);
  if (!listening.ok) {
    await ports.deliveries.change(id, givenUp);
    return listening;
  }
  if (!isLast(attempt) && !(await listening.value.mayBeAsked())) {
    return putOff(attempt, listening.value, ports);
  }
  const posted = await listening.value.post();
  return settle(attempt, listening.value, posted, ports);
}

const UNASKED: Posted = { kind: 'failed', fault: 'unreachable' };

/** By the schedule, as if it had been asked in vain: the last attempt is made whatever is known of who listens. */
async function putOff(
  attempt: Delivery,
  { words, knownAs, failure }: Listening,
  { deliveries, now, random, log }: DeliverPorts,
): Promise<Outcome<never>> {
  const moment = { now: now(), chance: random() };
  const left = await deliveries.change(attempt.id, (current) =>
    settled(current, attempt, UNASKED, moment),
  );
  if (!left.ok) return left;
  log.info(words['put-off'], { deliveryId: attempt.id, ...knownAs, count: attempt.attempts });
  return fail(failure);
}

async function settle(
  attempt: Delivery,
  { conclude, words, knownAs, failure }: Listening,
  posted: Posted,
  { deliveries, now, random, log }: DeliverPorts,
): Promise<Outcome<'delivered'>> {
  const moment = { now: now(), chance: random() };
  const left = await deliveries.change(attempt.id, (current) =>
    settled(current, attempt, posted, moment),
  );
  if (!left.ok) return left;
  await conclude(posted, left.value?.status === 'failed');

  const status = posted.kind === 'failed' ? posted.fault : posted.status;
  const said = { deliveryId: attempt.id, ...knownAs, status, count: attempt.attempts };
  if (verdictOf(posted) === 'delivered') {
    log.info(words.delivered, said);
    return done('delivered');
  }
  log.error(words.failed, { ...said, code: failure });
  return fail(failure);
}
