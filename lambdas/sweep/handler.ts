import { later, type Now } from '../../shared/clock.ts';
import { onSchedule } from '../../shared/edge/schedule.ts';
import type { TransmissionId } from '../../shared/ids.ts';
import { errorNameOf, idField, type Log } from '../../shared/log.ts';
import type { Metrics } from '../../shared/metrics.ts';
import { done } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { dueDecision, growing, type DueDecision } from '../../shared/status/due.ts';
import type { Due, DueIndex, DuePage, Ledger } from '../../shared/transmission/ledger.ts';
import type { Doorbell } from '../../shared/trigger/doorbell.ts';
import { bodyOfRing } from '../../shared/trigger/ring.ts';

export interface SweepPorts {
  readonly dueIndex: DueIndex;
  readonly ledger: Ledger;
  /** The one of triggers is rung for windows and requests too. */
  readonly bells: Readonly<Record<'trigger' | 'transmission' | 'delivery', Doorbell>>;
  readonly settings: Pick<Settings, 'deadlines' | 'relay'>;
  readonly metrics: Metrics;
  readonly now: Now;
  readonly log: Log;
}

const DUE_PER_SHARD = 25;
const AT_ONCE = 8;

/** What one run may do: what is left over is due a minute later still. The function has 55 seconds. */
const MOST_SECONDS = 40;
const MOST_LOOKS = 5000;

/** Looks at everything whose time has come: rings what was not heard, and declares what is overdue. */
export const makeHandler = (ports: SweepPorts) =>
  onSchedule(async () => {
    const { dueIndex, now, metrics, log } = ports;
    const start = now();
    const first = await dueIndex.due(start, DUE_PER_SHARD);
    const run = { count: 0, toSend: 0 };
    for await (const some of chunksOf(first)) {
      if (run.count >= MOST_LOOKS || now() >= later(start, MOST_SECONDS)) break;
      run.count += some.length;
      await Promise.all(some.map((due) => look(due, run, ports)));
    }
    log.info('swept', { count: run.count });
    metrics.put('SweepLagSeconds', (start.getTime() - (first.since ?? start).getTime()) / 1000);
    metrics.put('SweepRan', 1);
  }, ports.log);

/** Page after page, each asked for when the one before it is done. */
async function* chunksOf(first: DuePage): AsyncIterable<readonly Due[]> {
  for (let page: DuePage | undefined = first; page; page = await page.next?.()) {
    for (let at = 0; at < page.due.length; at += AT_ONCE) yield page.due.slice(at, at + AT_ONCE);
  }
}

/**
 * What cannot be looked at, and what somebody else has to settle, go to the end of the line, each time for longer: they
 * must not keep the sweep from the others.
 */
async function look(due: Due, run: { toSend: number }, ports: SweepPorts): Promise<void> {
  const { bells, dueIndex, settings, now, log } = ports;
  const wait = (times: number) => growing(settings.deadlines.doorbellLostAfterSeconds, times);
  const failed = (error: unknown) =>
    log.error('record-failed', { ...idField(due.kind, due.id), errorName: errorNameOf(error) });
  try {
    if (due.kind === 'transmission') return await lookAtTransmission(due.id, run, ports);
  } catch (error) {
    failed(error);
  }
  try {
    // Before the ring: whoever hears it may be done with it at once, and then its time is another.
    await dueIndex.postpone(due, (times) => later(now(), wait(times)));
    if (due.kind === 'delivery') await bells.delivery.ring(due.id);
    else if (due.kind !== 'transmission') await bells.trigger.ring(bodyOfRing(due));
  } catch (error) {
    failed(error);
  }
}

async function lookAtTransmission(id: TransmissionId, run: { toSend: number }, ports: SweepPorts) {
  const { bells, ledger, metrics, settings } = ports;
  const now = ports.now();
  const lostAfterSeconds = settings.deadlines.doorbellLostAfterSeconds;
  const afterSeconds = Math.floor(run.toSend / settings.relay.copiesPerSecond);
  let decided: DueDecision | undefined;
  const looked = await ledger.append(id, now, (history) => {
    decided = dueDecision(history, now, { lostAfterSeconds, afterSeconds });
    return done(decided.addition);
  });
  if (!looked.ok || !decided) return;
  const { addition, isToSend, ringAfterSeconds } = decided;
  if (addition.facts.some(({ kind }) => kind === 'uncertain')) metrics.put('UncertainCopy', 1);
  if (isToSend) run.toSend += 1;
  if (ringAfterSeconds !== undefined) await bells.transmission.ring(id, ringAfterSeconds);
}
