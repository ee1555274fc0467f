import type { Now } from '../../clock.ts';
import { submitterDeliveryIdOf } from '../../ids.ts';
import type { Settings } from '../../settings.ts';
import type { Ledger } from '../../transmission/ledger.ts';
import { newDelivery } from '../delivery.ts';
import type { DeliveryStore } from '../delivery/store.ts';
import type { Audited } from '../report.ts';
import { isEnd } from './end-as-xdr.ts';

export interface SubmitterPorts {
  readonly ledger: Pick<Ledger, 'identity'>;
  readonly deliveries: DeliveryStore;
  readonly settings: Pick<Settings, 'xdr'>;
  readonly now: Now;
}

/** Where a system that sends us submissions wants to be told by XDR; undefined when it does not. */
export const reportTo = (submitter: string, { xdr }: Pick<Settings, 'xdr'>): string | undefined =>
  xdr.find(({ subject }) => subject === submitter)?.reportTo;

/**
 * Of each copy of a submission that has ended, who sent the submission is told, if the settings say where. Told again, it
 * is the same report.
 */
export async function tellSubmitters(
  batch: readonly Audited[],
  { ledger, deliveries, settings, now }: SubmitterPorts,
): Promise<void> {
  if (settings.xdr.every((client) => client.reportTo === undefined)) return;
  for (const audited of batch.filter((each) => isEnd(each.report))) {
    const { report } = audited;
    if (report.transmissionId === undefined) continue;
    const transmission = await ledger.identity(report.transmissionId);
    const submitter = transmission.ok ? transmission.value.submission?.client : undefined;
    if (submitter === undefined || reportTo(submitter, settings) === undefined) continue;
    const id = submitterDeliveryIdOf(submitter, report.id);
    await deliveries.add(newDelivery(id, { submitter }, audited, now()));
  }
}
