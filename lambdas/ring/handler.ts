import { onStream } from '../../shared/edge/stream.ts';
import type { Log } from '../../shared/log.ts';
import type { Doorbell } from '../../shared/trigger/doorbell.ts';

export interface RingPorts {
  /** By the kind of the new item. */
  readonly bells: { readonly trigger: Doorbell; readonly transmission: Doorbell };
  readonly log: Log;
}

/** Something new in the table, a ring at its queue. A ring that is lost is rung again by the sweep. */
export const makeHandler = ({ bells, log }: RingPorts) =>
  onStream(async ({ kind, id }) => {
    if (kind !== 'trigger' && kind !== 'transmission') return;
    await bells[kind].ring(id);
    log.info('rang', kind === 'trigger' ? { triggerId: id } : { transmissionId: id });
  }, log);
