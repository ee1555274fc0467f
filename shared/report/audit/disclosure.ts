import type { PatientKey, ReportId, RequestId, TransmissionId } from '../../ids.ts';
import { type Auditable, isForOthers, type Report, type ReportType } from '../report.ts';
import { type AuditEvent, isOfReport } from './event.ts';

/** One copy that was handed over, or may have been: a line of an accounting of disclosures. */
export interface Disclosure {
  /** Of the report by which it is known. */
  readonly reportId: ReportId;
  readonly at: string;
  readonly certainty: 'sent' | 'uncertain';
  readonly knownBy: ReportType;
  readonly transmissionId: TransmissionId;
  readonly requestId: RequestId;
  readonly patientKey: PatientKey;
  readonly address?: string;
  readonly clientReference?: string;
}

/** Under what a disclosure is found. */
export const LISTS = ['patient', 'address', 'day'] as const;

export type List = (typeof LISTS)[number];

/** Those that a disclosure stands in. */
export const listsOf = ({ address }: Disclosure): readonly List[] =>
  LISTS.filter((list) => list !== 'address' || address !== undefined);

type SaysOfCopy = 'sent' | 'uncertain' | 'proves' | 'nothing';

const SAYS: Readonly<Partial<Record<ReportType, SaysOfCopy>>> = {
  'transmission.sent': 'sent',
  'transmission.uncertain': 'uncertain',
  'transmission.processed': 'proves',
  'transmission.dispatched': 'proves',
  'transmission.delivered': 'proves',
};

/**
 * What a report says of whether its copy left. `proves` counts when nothing before said so: the hand-over itself is not
 * on record when its answer was lost.
 */
export function saysOfCopy({ type, code, isProbe }: Report): SaysOfCopy {
  if (isProbe) return 'nothing';

  // What is said about a copy by others, or awaited from them, is about one that left.
  if (type === 'transmission.failed' && code?.startsWith('notification/')) return 'proves';
  return SAYS[type] ?? 'nothing';
}

/**
 * Events of a batch, each with what it discloses.
 *
 * @param known transmissions of which an earlier entry says that their copy left
 */
export function disclosing(
  batch: readonly Auditable[],
  known: ReadonlySet<TransmissionId>,
): readonly AuditEvent[] {
  const sent = new Set(known);
  return batch.map((event) => {
    if (!isForOthers(event)) return event;
    const { report } = event;
    const { transmissionId } = report;
    const says = saysOfCopy(report);
    if (transmissionId === undefined || says === 'nothing') return event;
    if (says === 'uncertain') return { ...event, disclosed: says };
    if (says === 'proves' && sent.has(transmissionId)) return event;
    sent.add(transmissionId);
    return { ...event, disclosed: 'sent' };
  });
}

/** The line that an event adds to the accounting, if any. */
export function disclosureOf(event: AuditEvent): Disclosure | undefined {
  if (!isOfReport(event)) return undefined;
  const { report, patientKey, address, disclosed } = event;
  const { id, type, at, transmissionId, requestId, clientReference } = report;
  if (disclosed === undefined || transmissionId === undefined) return undefined;
  return {
    reportId: id,
    at,
    certainty: disclosed,
    knownBy: type,
    transmissionId,
    requestId,
    patientKey,
    ...(address !== undefined && { address }),
    ...(clientReference !== undefined && { clientReference }),
  };
}
