import type { TriggerId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Trigger } from './trigger.ts';

export interface TriggerStore {
  /**
   * Keeps the trigger, once; it is due (its doorbell rings again) until it has joined (`WindowStore`).
   * @failure trigger/event-id-reused (same id, other content)
   */
  add(trigger: Trigger, dueAt: Date): Promise<Outcome<'added' | 'duplicate'>>;
  /** @failure trigger/unknown */
  get(id: TriggerId): Promise<Outcome<Trigger>>;
}
