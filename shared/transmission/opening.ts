import { later } from '../clock.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { Settings } from '../settings.ts';
import { reasonOf, type Window } from '../trigger/window.ts';
import type { WindowDecision } from '../trigger/window-decision.ts';
import { copiesOf } from './copies.ts';
import type { FactBody } from './facts.ts';
import { type IsProbed, withProbes } from './probe.ts';
import type { Transmission } from './transmission.ts';

/** A window that closes, and all that it becomes. */
export interface Opening {
  /** As it was read. */
  readonly window: Window;
  /** As it was read: when it was changed meanwhile, it is decided anew. */
  readonly request: TransmitRequest;
  /** What the request becomes, of `once`. */
  readonly served?: TransmitRequest;
  /** One or more. */
  readonly copies: readonly Transmission[];
  /** The same for each of them. */
  readonly facts: readonly FactBody[];
  /** When the sweep must look at each; `never` when they have ended. */
  readonly dueAt: Date | 'never';
}

/** What is opened when it is decided that a window closes. */
export function openingOf(
  { window, request }: Pick<Opening, 'window' | 'request'>,
  { recordOlderThanEvent, end }: Extract<WindowDecision, { do: 'close' }>,
  settings: Settings,
  now: Date,
  isProbed: IsProbed,
): Opening {
  const requested: FactBody = {
    kind: 'requested',
    trigger: reasonOf(window),
    ...(recordOlderThanEvent ? { recordOlderThanEvent } : {}),
  };
  const copies = copiesOf(request, window.batchId, settings, now, window.only);
  return {
    window,
    request,
    ...(request.frequency === 'once'
      ? { served: { ...request, servedAt: now.toISOString() } }
      : {}),
    // Nothing goes before what has ended already.
    copies: end ? copies : withProbes(copies, isProbed),
    facts: end ? [requested, { kind: 'ended', end: 'failed', code: end }] : [requested],
    dueAt: end ? 'never' : later(now, settings.deadlines.doorbellLostAfterSeconds),
  };
}
