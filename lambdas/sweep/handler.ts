import { later, type Now } from '../../shared/clock.ts';
import { onSchedule } from '../../shared/edge/schedule.ts';
import type { TransmissionId } from '../../shared/ids.ts';
import { errorNameOf, type Log } from '../../shared/log.ts';
import { done } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { dueDecision } from '../../shared/status/due.ts';
import type { Due, DueIndex, Ledger } from '../../shared/transmission/ledger.ts';
import type { Doorbell } from '../../shared/trigger/doorbell.ts';

export interface SweepPorts {
  readonly dueIndex: DueIndex;
  readonly ledger: Ledger;
  readonly bells: { readonly trigger: Doorbell; readonly transmission: Doorbell };
  readonly settings: Settings;
  readonly now: Now;
  readonly log: Log;
}

/** Of each shard at one run: what is left over is due a minute later still. */
const DUE_PER_SHARD = 25;

/** Looks at everything whose time has come: rings what was not heard, and declares what is overdue. */
export const makeHandler = (ports: SweepPorts) =>
  onSchedule(async () => {
    const due = await ports.dueIndex.due(ports.now(), DUE_PER_SHARD);
    for (const each of due) await look(each, ports);
    ports.log.info('swept', { count: due.length });
  }, ports.log);

/**
 * What cannot be looked at, and a trigger that nobody has matched yet, go to the end of the line: they must not keep
 * the sweep from the others.
 */
async function look(due: Due, ports: SweepPorts): Promise<void> {
  const nextLook = later(ports.now(), ports.settings.deadlines.doorbellLostAfterSeconds);
  try {
    if (due.kind === 'transmission') return await lookAtTransmission(due.id, ports);
    await ports.bells.trigger.ring(due.id);
  } catch (error) {
    const id = due.kind === 'trigger' ? { triggerId: due.id } : { transmissionId: due.id };
    ports.log.error('record-failed', { ...id, errorName: errorNameOf(error) });
  }
  await ports.dueIndex.postpone(due, nextLook);
}

async function lookAtTransmission(id: TransmissionId, ports: SweepPorts): Promise<void> {
  const now = ports.now();
  let ring = false;
  const looked = await ports.ledger.append(id, now, (history) => {
    const decision = dueDecision(history, now, ports.settings.deadlines.doorbellLostAfterSeconds);
    ring = decision.ring;
    return done(decision.addition);
  });
  if (looked.ok && ring) await ports.bells.transmission.ring(id);
}
