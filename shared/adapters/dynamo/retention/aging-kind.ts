import type { Deed } from '../../../deed.ts';
import type { Aged, Subject } from '../../../report/retention/store.ts';
import type { Item, Key, Table, Write } from '../table.ts';

/** What goes in the transaction that ends something. */
export interface Ending {
  /** At most 97, the one that hangs on what was read among them. */
  readonly writes: readonly Write[];
  /** For the audit: whose it was and its id. */
  readonly deed: Pick<Deed, 'patientKey' | 'of' | 'items'>;
}

/** How one class ages and goes. */
export interface AgingKind {
  readonly subject: (item: Item, table: Table) => Promise<Subject | undefined>;
  /** @returns undefined when something has changed since it was read as a subject */
  readonly ending: (item: Item, table: Table, now: Date) => Promise<Ending | undefined>;
}

/** That an item still stands in the index where it was read there. */
export const stillAging = (item: Item) => ({ equals: [['dueAt'], String(item['dueAt'])] }) as const;

export const removing = (item: Item): Write => ({
  remove: keyOf(item),
  when: [stillAging(item)],
});

export const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk });

/** The item as it is now, if it still ages in the class in which the index has it. */
export async function agingItem(table: Table, { aging, key }: Aged): Promise<Item | undefined> {
  const item = await table.get(key);
  return String(item?.['duePk']).startsWith(`AGE-${aging}#`) ? item : undefined;
}
