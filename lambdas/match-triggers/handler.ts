import { onQueue } from '../../shared/edge/queue.ts';
import type { TriggerId } from '../../shared/ids.ts';
import { lookAtWindow, type ClosePorts } from '../../shared/transmission/close-window.ts';
import { letJoin, type JoinPorts } from '../../shared/trigger/let-join.ts';
import { parseRing } from '../../shared/trigger/ring.ts';

export type MatchPorts = JoinPorts & ClosePorts;

/** From what happened to the copies that it is a reason for. Whatever is rung twice is done once. */
export const makeHandler = (ports: MatchPorts) =>
  onQueue(async (body) => {
    const ring = parseRing(body);
    if (!ring.ok) return ports.log.error('doorbell-ignored', { code: ring.failure.code });
    switch (ring.value.kind) {
      case 'trigger':
        return match(ring.value.id, ports);
      case 'window':
        return lookAtWindow(ring.value.id, ports);
      case 'request':
        return undefined;
    }
  }, ports.log);

async function match(id: TriggerId, ports: MatchPorts): Promise<void> {
  const closing = await letJoin(id, ports);
  if (!closing.ok) {
    return ports.log.error('doorbell-ignored', { triggerId: id, code: closing.failure.code });
  }
  ports.log.info('trigger-matched', { triggerId: id, count: closing.value.length });
  for (const request of closing.value) await lookAtWindow(request, ports);
}
