import { onSchedule } from '../../shared/edge/schedule.ts';
import { purge, type PurgePorts } from '../../shared/report/retention/purge.ts';

/** Removes what has been kept for its time. */
export const makeHandler = (ports: PurgePorts) => onSchedule(() => purge(ports), ports.log);
