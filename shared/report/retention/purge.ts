import { later, type Now } from '../../clock.ts';
import { errorNameOf, type Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { Holds } from '../../patient/hold.ts';
import type { Settings } from '../../settings.ts';
import { agedBefore, type Aging, inTurn } from './aging.ts';
import type { Aged, ObjectRemover, RetentionStore } from './store.ts';

export interface PurgePorts {
  readonly retention: RetentionStore;
  readonly holds: Pick<Holds, 'isHeld'>;
  readonly objects: ObjectRemover;
  readonly settings: Pick<Settings, 'retention'>;
  readonly metrics: Metrics;
  readonly now: Now;
  readonly log: Log;
}

/** What one run may do; what is left over is older still at the next one. */
const MOST_SECONDS = 480;
const OF_EACH_SHARD = 25;
const AT_ONCE = 8;
/** Traces go by so many in one transaction, with a check for the hold of each of their patients. */
const TRACES_AT_ONCE = 25;

/** What is needed still, or held, is looked at again after so long. */
const LOOK_AGAIN_SECONDS = 86_400;

interface Counts {
  removed: number;
  held: number;
}

/**
 * Removes what has been kept for its time, class by class and page by page. Of each thing it is asked at that moment
 * whether it is still needed and whether its patient is under a hold. The bytes in buckets go first and the item of the
 * table last, with the deed that tells the audit: whoever dies in between leaves the item, and the next run finds nothing
 * more to take out and tells it.
 */
export async function purge(ports: PurgePorts): Promise<void> {
  const { metrics, log, now } = ports;
  const until = later(now(), MOST_SECONDS);
  const counts: Counts = { removed: 0, held: 0 };
  for (const aging of inTurn(now())) await purgeClass(aging, until, counts, ports);
  metrics.put('Purged', counts.removed);
  log.info('purged', { count: counts.removed });
  log.info('held-back', { count: counts.held });
}

async function purgeClass(
  aging: Aging,
  until: Date,
  counts: Counts,
  ports: PurgePorts,
): Promise<void> {
  const { retention, settings, now } = ports;
  const before = agedBefore(aging, settings.retention, now());
  let seen: ReadonlySet<string> = new Set();
  while (now() < until) {
    const aged = await retention.aged(aging, before, OF_EACH_SHARD);
    // The index may show for a while what is gone or was moved on.
    const fresh = aged.filter((each) => !seen.has(nameOf(each)));
    if (fresh.length === 0) return;
    seen = new Set(aged.map(nameOf));
    const size = aging === 'trace' ? TRACES_AT_ONCE : 1;
    const groups = chunksOf(fresh, size);
    for (const some of chunksOf(groups, AT_ONCE)) {
      if (now() >= until) return;
      await Promise.all(some.map((group) => attempt(group, before, counts, ports)));
    }
  }
}

const nameOf = ({ key: { pk, sk } }: Aged): string => `${pk} ${sk}`;

const chunksOf = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
    all.slice(n * size, (n + 1) * size),
  );

/** One that cannot be removed keeps no other from being so: it is left alone for a while. */
async function attempt(
  group: readonly Aged[],
  before: Date,
  counts: Counts,
  ports: PurgePorts,
): Promise<void> {
  const { retention, now, log, metrics } = ports;
  try {
    const ready: { readonly aged: Aged; readonly objects: number }[] = [];
    for (const aged of group) {
      const objects = await objectsOf(aged, before, counts, ports);
      if (objects !== undefined) ready.push({ aged, objects });
    }
    const [first] = ready;
    if (!first) return;
    const answer =
      first.aged.aging === 'trace'
        ? await retention.removeTraces(
            ready.map(({ aged }) => aged),
            now(),
          )
        : await retention.remove(first.aged, first.objects, now());
    if (answer === 'removed') counts.removed += ready.length;
  } catch (error) {
    log.error('record-failed', { errorName: errorNameOf(error) });
    metrics.put('PurgeFailed', 1);
    for (const aged of group) await retention.postpone(aged, later(before, LOOK_AGAIN_SECONDS));
  }
}

/** @returns how many objects went with it; undefined when it has to stay */
async function objectsOf(
  aged: Aged,
  before: Date,
  counts: Counts,
  { retention, holds, objects }: PurgePorts,
): Promise<number | undefined> {
  const subject = await retention.read(aged);
  if (!subject) return undefined;
  const { since, patientKey } = subject;
  const again = later(before, LOOK_AGAIN_SECONDS);
  if (since === undefined || new Date(since) > before) {
    await retention.postpone(aged, since === undefined ? again : new Date(since));
    return undefined;
  }
  if (patientKey !== undefined && (await holds.isHeld(patientKey))) {
    counts.held += 1;
    await retention.postpone(aged, again);
    return undefined;
  }
  let gone = 0;
  for (const each of subject.objects) gone += await objects.remove(each);
  return gone;
}
