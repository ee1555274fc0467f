import { onQueue } from '../../shared/edge/queue.ts';
import type { TriggerId } from '../../shared/ids.ts';
import { done } from '../../shared/outcome.ts';
import type { GoesByHisp } from '../../shared/relay-way.ts';
import type { Settings } from '../../shared/settings.ts';
import { type ClosePorts, lookAtWindow } from '../../shared/transmission/close-window.ts';
import { lookAtRequest, type LookPorts } from '../../shared/transmission/look-at-request.ts';
import { type JoinPorts, letJoin } from '../../shared/trigger/let-join.ts';
import { parseRing } from '../../shared/trigger/ring.ts';
import { recipientOf, type RecipientPorts } from '../../shared/trust/recipient.ts';

export type MatchPorts = JoinPorts &
  ClosePorts &
  Omit<LookPorts, 'recipient'> &
  RecipientPorts & { readonly settings: Settings; readonly goesByHisp: GoesByHisp };

/** From what happened, and from what the clock says, to copies that are to be sent. What is rung twice is done once. */
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
        return lookAtRequest(ring.value.patientKey, ring.value.id, {
          ...ports,
          // Of what a HISP finds and judges nobody here can say anything: only another copy can tell.
          recipient: async (address) =>
            ports.goesByHisp(address)
              ? done(undefined)
              : (await recipientOf(address, ports)).outcome,
        });
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
