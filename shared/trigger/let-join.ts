import type { Now } from '../clock.ts';
import type { RequestId, TriggerId } from '../ids.ts';
import { done, type Outcome } from '../outcome.ts';
import type { TriggerSettings } from '../settings.ts';
import type { TransmitRequestStore } from '../transmit-request/store.ts';
import { windowAfter } from './join.ts';
import { matching, touched } from './match.ts';
import type { TriggerStore } from './store.ts';
import { isDue } from './window.ts';
import type { WindowStore } from './window-store.ts';

export interface JoinPorts {
  readonly triggers: TriggerStore;
  readonly requests: Pick<TransmitRequestStore, 'list'>;
  readonly windows: WindowStore;
  readonly settings: { readonly triggers: TriggerSettings };
  readonly now: Now;
}

/**
 * Lets a trigger join the windows of the requests that it concerns, once, however often it is called.
 *
 * @returns the requests whose windows somebody has to look at now
 * @failure trigger/unknown
 */
export async function letJoin(
  id: TriggerId,
  { triggers, requests: store, windows, settings, now: clock }: JoinPorts,
): Promise<Outcome<readonly RequestId[]>> {
  const found = await triggers.get(id);
  if (!found.ok) return found;
  const trigger = found.value;
  const now = clock();
  const all = await store.list(trigger.patientKey);
  const concerned = new Set(matching(trigger, all, now));
  const requests = new Map(touched(trigger, all, now).map((request) => [request.id, request]));

  const open = await windows.join(id, [...requests.keys()], (requestId, window) => {
    const request = requests.get(requestId);
    return (
      request &&
      windowAfter(
        trigger,
        { request, concerned: concerned.has(request), window },
        now,
        settings.triggers,
      )
    );
  });
  // Whoever let it join may have ended right there.
  if (open === 'joined-before') return done([...requests.keys()]);
  return done(open.filter((window) => isDue(window, now)).map(({ requestId }) => requestId));
}
