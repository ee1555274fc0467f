import { later } from '../clock.ts';
import type { Outcome } from '../outcome.ts';
import {
  type Arrived,
  keepDocument,
  type KeepDocumentPorts,
  type KeptDocument,
} from '../record/keep-document.ts';
import type { DeadlineSettings } from '../settings.ts';
import { recordChangedTrigger } from './record-changed.ts';
import type { TriggerStore } from './store.ts';

export interface TakeInPorts extends KeepDocumentPorts {
  readonly triggers: TriggerStore;
  readonly settings: { readonly deadlines: DeadlineSettings };
}

/**
 * Takes a document into the current record, and with it the reason to send. The reason comes last, and is added even when
 * nothing changed, because the call that changed it may have ended right there.
 *
 * @failure the codes of `keepDocument`
 */
export async function takeIn(arrived: Arrived, ports: TakeInPorts): Promise<Outcome<KeptDocument>> {
  const keeping = await keepDocument(arrived, ports);
  if (!keeping.ok) return keeping;
  const { triggers, settings, now } = ports;
  const at = now();
  const added = await triggers.add(
    recordChangedTrigger(keeping.value.kept, arrived.patient, at),
    later(at, settings.deadlines.doorbellLostAfterSeconds),
  );
  return added.ok ? keeping : added;
}
