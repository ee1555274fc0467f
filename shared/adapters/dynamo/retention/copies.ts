import type { MessageId } from '../../../ids.ts';
import { progressOf } from '../../../transmission/progress.ts';
import type { History, Transmission } from '../../../transmission/transmission.ts';
import { unheld } from '../holds.ts';
import { agingAttributes, KEYS } from '../keys.ts';
import { factItem, readKept } from '../ledger/history.ts';
import type { Item, Key, Table, Write } from '../table.ts';
import { bodyOf } from '../table/items.ts';
import { type AgingKind, keyOf, stillAging } from './aging-kind.ts';

const endOf = ({ facts }: History) => progressOf(facts).end;

/** The bytes of the messages of a copy that has ended. What it was and became is kept for longer. */
export const MESSAGES: AgingKind = {
  async subject(item, table) {
    const { id, patientKey } = bodyOf(item, 'transmission');
    const kept = await readKept(table, id);
    const end = kept && endOf(kept.history);
    const objects = [{ bucket: 'messages', name: `outgoing/${id}/` }] as const;
    return { patientKey, objects, ...(end && { since: end.at }) };
  },

  async ending(item, table) {
    const { id, patientKey } = bodyOf(item, 'transmission');
    const kept = await readKept(table, id);
    const end = kept && endOf(kept.history);
    if (!end) return undefined;
    const put = { ...item, ...agingAttributes('transmission', id, new Date(end.at)) };
    const when = [{ equals: [['version'], Number(item['version'])] } as const, stillAging(item)];
    return { writes: [{ put, when }], deed: { patientKey, of: id, items: 0 } };
  },
};

/** Of a transaction of 100: the deed, the hold and the item itself go with them. */
const MOST_AT_ONCE = 90;

/** A copy that has ended, with its facts, its line and the names under which it was known. */
export const COPIES: AgingKind = {
  subject: async (item, table) => {
    const subject = await MESSAGES.subject(item, table);
    return subject && { ...subject, objects: [] };
  },

  async ending(item, table) {
    const transmission = bodyOf(item, 'transmission');
    const { id, patientKey } = transmission;
    const kept = await readKept(table, id);
    if (!kept) return undefined;
    const facts = kept.history.facts.map((fact) => factItem(id, fact));
    // Without its end it would look like one that is not over.
    const last = facts.filter(({ sk }) => sk.startsWith('FACT#ended#'));
    const others = [
      ...besides(transmission, item),
      ...facts.filter((each) => !last.includes(each)),
    ].map(keyOf);
    const left = await removedBefore(item, others, kept.meta.sequence, table);
    if (!left) return undefined;
    const keys = [...left.keys, ...last.map(keyOf)];
    return {
      writes: [
        { remove: keyOf(item), when: [{ equals: [['version'], left.version] }] },
        ...keys.map((remove): Write => ({ remove })),
      ],
      deed: { patientKey, of: id, items: others.length + last.length + 1 },
    };
  },
};

function besides({ patientKey, createdAt, id }: Transmission, item: Item): readonly Key[] {
  const names = (item['names'] ?? []) as readonly MessageId[];
  return [KEYS.line(patientKey, createdAt, id), ...new Set(names)].map((each) =>
    typeof each === 'string' ? KEYS.message(each) : each,
  );
}

interface Left {
  readonly keys: readonly Key[];
  readonly version: number;
}

/**
 * Takes out what does not fit into one transaction, as often as it takes: of a history with hundreds of notices. The
 * number of facts is counted down with them, so that what is left can be read.
 */
async function removedBefore(
  item: Item,
  keys: readonly Key[],
  sequence: number,
  table: Table,
): Promise<Left | undefined> {
  let left = keys;
  let version = Number(item['version']);
  let facts = sequence;
  while (left.length > MOST_AT_ONCE) {
    const some = left.slice(0, MOST_AT_ONCE);
    facts -= some.filter(({ sk }) => sk.startsWith('FACT#')).length;
    const written = await table.write([
      {
        put: { ...item, version: version + 1, sequence: facts },
        when: [{ equals: [['version'], version] }],
      },
      unheld(bodyOf(item, 'transmission').patientKey),
      ...some.map((remove): Write => ({ remove })),
    ]);
    if (!written.ok) return undefined;
    version += 1;
    left = left.slice(MOST_AT_ONCE);
  }
  return { keys: left, version };
}
