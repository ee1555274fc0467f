import type { TriggerSettings } from '../../shared/settings.ts';
import { windowAfter } from '../../shared/trigger/join.ts';
import type { Trigger } from '../../shared/trigger/trigger.ts';
import type { Window } from '../../shared/trigger/window.ts';
import { request, trigger } from '../contracts/stores/samples.ts';
import { atSecond } from '../support/histories.ts';

export const SETTINGS: TriggerSettings = {
  fhirTopics: {},
  kinds: [],
  hl7: { kinds: {}, authorities: {}, processingIds: ['P'], timeZone: 'UTC' },
  quietSeconds: 300,
  atMostSeconds: 1800,
  atOnce: ['discharge', 'encounter-ended'],
  staleRecordWaitSeconds: 3600,
  staleRecord: 'send',
  noRecordWaitSeconds: 86_400,
  copiesADay: 200,
};
export const REQUEST = request('req_1');
export const at = (second: number): string => atSecond(second).toISOString();

/** Something that happened, and was reported, at that second. */
export const event = (kind: string, second: number, more: Partial<Trigger> = {}): Trigger => ({
  ...trigger(`trg_${kind}_${second}`),
  kind: kind as Trigger['kind'],
  occurredAt: at(second),
  receivedAt: at(second),
  ...more,
});

export const comes = (
  coming: Trigger,
  open: Window | undefined,
  second: number,
  concerned = true,
): Window | undefined =>
  windowAfter(coming, { request: REQUEST, concerned, window: open }, atSecond(second), SETTINGS);

/** What comes of these, one after the other. */
export const after = (...events: readonly (readonly [kind: string, second: number])[]) =>
  events.reduce<Window | undefined>(
    (open, [kind, second]) => comes(event(kind, second), open, second),
    undefined,
  );
