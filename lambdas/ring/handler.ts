import { onStream } from '../../shared/edge/stream.ts';
import { idField, type Log } from '../../shared/log.ts';
import type { Doorbell } from '../../shared/trigger/doorbell.ts';

const KINDS = ['trigger', 'transmission', 'delivery', 'answer'] as const;

type Kind = (typeof KINDS)[number];

export interface RingPorts {
  /** By the kind of the new item. */
  readonly bells: Readonly<Record<Kind, Doorbell>>;
  readonly log: Log;
}

/** Something new in the table, a ring at its queue. A ring that is lost is rung again by the sweep. */
export const makeHandler = ({ bells, log }: RingPorts) =>
  onStream(async ({ kind, id }) => {
    if (!isRungFor(kind)) return;
    await bells[kind].ring(id);
    log.info('rang', idField(kind, id));
  }, log);

const isRungFor = (kind: string): kind is Kind => KINDS.some((each) => each === kind);
