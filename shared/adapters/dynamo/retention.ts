import { sha256 } from '../../ids.ts';
import type { Aging } from '../../report/retention/aging.ts';
import type { Aged, Removed, RetentionStore } from '../../report/retention/store.ts';
import { deedPut } from './deeds.ts';
import { unheld } from './holds.ts';
import { agingShards } from './keys.ts';
import {
  agingItem,
  type AgingKind,
  type Ending,
  removing,
  stillAging,
} from './retention/aging-kind.ts';
import { SUBMISSIONS, SUPERSEDED } from './retention/bytes.ts';
import { COPIES, MESSAGES } from './retention/copies.ts';
import { CONSENTS, REQUESTS } from './retention/requests.ts';
import { patientOf, traceSubject } from './retention/traces.ts';
import type { Item, Table } from './table.ts';

const KINDS: Readonly<Record<Exclude<Aging, 'trace'>, AgingKind>> = {
  message: MESSAGES,
  transmission: COPIES,
  directive: REQUESTS,
  consent: CONSENTS,
  record: SUPERSEDED,
  submission: SUBMISSIONS,
};

export const retentionStore = (table: Table): RetentionStore => ({
  async aged(aging, before, limit) {
    const upTo = before.toISOString();
    const pages = await Promise.all(
      agingShards(aging).map((pk) => table.query({ index: 'due', pk, upTo, limit })),
    );
    return pages
      .flat()
      .map(({ pk, sk, dueAt }): Aged => ({ aging, key: { pk, sk }, since: String(dueAt) }))
      .sort((one, other) => one.since.localeCompare(other.since));
  },

  async read(aged) {
    const item = await agingItem(table, aged);
    if (!item) return undefined;
    return aged.aging === 'trace' ? traceSubject(item) : KINDS[aged.aging].subject(item, table);
  },

  async postpone(aged, since) {
    const item = await agingItem(table, aged);
    if (!item) return;
    const { version } = item;
    const when = typeof version === 'number' ? [{ equals: [['version'], version] } as const] : [];
    const put = { ...item, dueAt: since.toISOString() };
    await table.write([{ put, when: [stillAging(item), ...when] }]);
  },

  async remove(aged, objects, now) {
    const item = await agingItem(table, aged);
    if (!item || aged.aging === 'trace') return 'changed';
    const ending = await KINDS[aged.aging].ending(item, table, now);
    return ending ? end(table, ending, { aging: aged.aging, objects, now }) : 'changed';
  },

  removeTraces: (aged, now) => removeTraces(table, aged, now),
});

interface Done {
  readonly aging: Aging;
  readonly objects: number;
  readonly now: Date;
}

/** When its objects are gone already, what is left in the table says what is not so: no hold keeps that. */
async function end(table: Table, ending: Ending, { aging, objects, now }: Done): Promise<Removed> {
  const { writes, deed } = ending;
  const { patientKey, of = '' } = deed;
  const hold = patientKey !== undefined && objects === 0 ? [unheld(patientKey)] : [];
  const told = deedPut(`${aging} ${of}`, {
    kind: 'retention.purged',
    at: now.toISOString(),
    class: aging,
    objects,
    ...deed,
  });
  const written = await table.write([...hold, ...writes, told]);
  if (written.ok) return 'removed';
  return hold.length > 0 && written.failed.includes(0) ? 'held' : 'changed';
}

async function removeTraces(table: Table, aged: readonly Aged[], now: Date): Promise<Removed> {
  const found = await Promise.all(aged.map((each) => agingItem(table, each)));
  const items = found.filter((item): item is Item => item !== undefined);
  if (items.length === 0) return 'changed';
  const holds = [...new Set(items.flatMap((item) => patientOf(item) ?? []))].map(unheld);
  const of = sha256(items.map(({ pk, sk }) => `${pk} ${sk}`).join('\n'));
  const told = deedPut(`trace ${of}`, {
    kind: 'retention.purged',
    at: now.toISOString(),
    class: 'trace',
    of,
    items: items.length,
  });
  const written = await table.write([...holds, ...items.map(removing), told]);
  if (written.ok) return 'removed';
  return written.failed.some((each) => each < holds.length) ? 'held' : 'changed';
}
