import type { Now } from '../../shared/clock.ts';
import { later } from '../../shared/clock.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { parseTriggerId, type TriggerId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import type { Settings } from '../../shared/settings.ts';
import { copiesOf } from '../../shared/transmission/copies.ts';
import type { Ledger } from '../../shared/transmission/ledger.ts';
import type { TransmitRequestStore } from '../../shared/transmit-request/store.ts';
import { batchOf, matching } from '../../shared/trigger/match.ts';
import type { TriggerStore } from '../../shared/trigger/store.ts';

export interface MatchPorts {
  readonly triggers: TriggerStore;
  readonly requests: TransmitRequestStore;
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly now: Now;
  readonly log: Log;
}

/** One trigger in, one transmission opened for every address of every request that it concerns. */
export const makeHandler = (ports: MatchPorts) =>
  onQueue(async (body) => {
    const id = parseTriggerId(body);
    if (!id.ok) return ports.log.error('doorbell-ignored', { code: id.failure.code });
    await match(id.value, ports);
  }, ports.log);

/** Done twice, it opens nothing twice: the identity of a transmission is computed. */
async function match(id: TriggerId, ports: MatchPorts): Promise<void> {
  const { triggers, requests, ledger, settings, log } = ports;
  const found = await triggers.get(id);
  if (!found.ok) {
    return log.error('doorbell-ignored', { triggerId: id, code: found.failure.code });
  }
  const trigger = found.value;
  const now = ports.now();
  const dueAt = later(now, settings.deadlines.doorbellLostAfterSeconds);

  const concerned = matching(trigger, await requests.list(trigger.patientKey), now);
  const copies = concerned.flatMap((request) =>
    copiesOf(request, batchOf(trigger, request), settings, now),
  );
  for (const copy of copies) await ledger.open(copy, trigger.kind, dueAt);

  await triggers.markMatched(id);
  log.info('trigger-matched', { triggerId: id, count: copies.length });
}
