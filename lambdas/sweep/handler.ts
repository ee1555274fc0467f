import { later, type Now } from '../../shared/clock.ts';
import { onSchedule } from '../../shared/edge/schedule.ts';
import type { TransmissionId } from '../../shared/ids.ts';
import { errorNameOf, type Log, type LogFields } from '../../shared/log.ts';
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
    const run = { count: 0, rung: 0 };
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
async function look(due: Due, run: { rung: number }, ports: SweepPorts): Promise<void> {
  const { bells, dueIndex, settings, now, log } = ports;
  const wait = (times: number) => growing(settings.deadlines.doorbellLostAfterSeconds, times);
  const failed = (error: unknown): void =>
    log.error('record-failed', { ...idOf(due), errorName: errorNameOf(error) });
  if (due.kind === 'transmission') {
    const settled = lookAtTransmission(due.id, run, ports).then(() => true);
    if (await settled.catch(failed)) return;
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

async function lookAtTransmission(id: TransmissionId, run: { rung: number }, ports: SweepPorts) {
  const { bells, ledger, metrics, settings } = ports;
  const now = ports.now();
  const lostAfterSeconds = settings.deadlines.doorbellLostAfterSeconds;
  const afterSeconds = Math.floor(run.rung / settings.relay.copiesPerSecond);
  let decided: DueDecision | undefined;
  const looked = await ledger.append(id, now, (history) => {
    decided = dueDecision(history, now, { lostAfterSeconds, afterSeconds });
    return done(decided.addition);
  });
  if (!looked.ok || !decided) return;
  if (decided.addition.facts.some(({ kind }) => kind === 'uncertain'))
    metrics.put('UncertainCopy', 1);
  if (decided.ringAfterSeconds === undefined) return;
  run.rung += 1;
  await bells.transmission.ring(id, decided.ringAfterSeconds);
}

function idOf({ kind, id }: Due): LogFields {
  if (kind === 'transmission') return { transmissionId: id };
  if (kind === 'delivery') return { deliveryId: id };
  return kind === 'trigger' ? { triggerId: id } : { requestId: id };
}
