import type { TransmissionId } from '../../../ids.ts';
import { progressOf } from '../../../transmission/progress.ts';
import { agingAttributes, ALL } from '../keys.ts';
import { readKept } from '../ledger/history.ts';
import type { Item } from '../table.ts';
import { bodyOf, whole } from '../table/items.ts';
import { type AgingKind, removing, stillAging } from './aging-kind.ts';

/** The bytes of a document that another took the place of, or that was taken out. */
export const SUPERSEDED: AgingKind = {
  async subject(item, table) {
    const { patientKey, bytesAt, at } = bodyOf(item, 'superseded');
    const documents = await whole(table, ALL.documents(patientKey));
    const isCurrent = documents.some((each) => bodyOf(each, 'document').bytesAt === bytesAt);
    const objects = [{ bucket: 'records', name: bytesAt }] as const;
    return { patientKey, objects, ...(isCurrent ? {} : { since: at }) };
  },

  ending: async (item) => {
    const { patientKey } = bodyOf(item, 'superseded');
    return { writes: [removing(item)], deed: { patientKey, of: item.sk, items: 1 } };
  },
};

/** What lies beside a submission: its bytes, as long as they are there, and the copies that consist of them. */
interface Beside {
  readonly bytesAt?: string;
  readonly copies?: readonly TransmissionId[];
}

/** The bytes of a submission whose copies have all ended. That it was taken is kept as a trace. */
export const SUBMISSIONS: AgingKind = {
  async subject(item, table) {
    const { patientKey, at } = bodyOf(item, 'submission');
    const { bytesAt, copies = [] } = item as Item & Beside;
    const kept = await Promise.all(copies.map((id) => readKept(table, id)));
    const isNeeded = kept.some((each) => each && !progressOf(each.history.facts).end);
    return {
      patientKey,
      objects: bytesAt === undefined ? [] : [{ bucket: 'records', name: bytesAt }],
      ...(isNeeded ? {} : { since: at }),
    };
  },

  ending: async (item) => {
    const { patientKey, id, at } = bodyOf(item, 'submission');
    const put = { ...item, bytesAt: undefined, ...agingAttributes('trace', id, new Date(at)) };
    const deed = { patientKey, of: id, items: 0 };
    return { writes: [{ put, when: [stillAging(item)] }], deed };
  },
};
