import { auditIn } from '../../../shared/adapters/audit/audit.ts';
import { disclosureItems, entryItem } from '../../../shared/adapters/audit/items.ts';
import { AUDIT_KEYS } from '../../../shared/adapters/audit/keys.ts';
import type { Item, Key, Table } from '../../../shared/adapters/dynamo/table.ts';
import type { ReportId } from '../../../shared/ids.ts';
import {
  chainOf,
  CHAINS,
  entryHash,
  type Entry,
  type Place,
} from '../../../shared/report/audit/entry.ts';
import { eventIn } from '../../../shared/report/audit/event.ts';
import type { Finding } from '../../../shared/report/audit/finding.ts';
import type { Audited } from '../../../shared/report/report.ts';
import { atSecond } from '../../support/histories.ts';
import { auditedOf } from '../../support/reports.ts';

/** In each chain. */
const ENTRIES = 6;

/** So many that of their names as many as wanted fall into each chain. */
const NAMES = Array.from({ length: 400 }, (_, n) => `${n}`);

const batchOf = (name: string): readonly Audited[] => {
  const second = Number(name);
  return [
    auditedOf(name, 'transmission.requested', second),
    auditedOf(name, 'transmission.sent', second),
  ];
};

/** Six entries of two events in each chain: the second event discloses a copy. */
export async function fillAudit(table: Table): Promise<void> {
  const fill = async (chain: number): Promise<void> => {
    const batches = NAMES.map(batchOf).filter(
      ([first]) => first && chainOf(first.report.id) === chain,
    );
    for (const batch of batches.slice(0, ENTRIES))
      await auditIn(table).append(batch, atSecond(500));
  };
  await Promise.all(Array.from({ length: CHAINS }, (_, chain) => fill(chain)));
}

/** Somebody who can write the table as they like. */
class Criminal {
  readonly chain: number;
  readonly #table: Table;

  constructor(table: Table, chain: number) {
    this.#table = table;
    this.chain = chain;
  }

  at(number: number): Place {
    return { chain: this.chain, number };
  }

  key(number: number): Key {
    return AUDIT_KEYS.entry(this.at(number));
  }

  async put(item: Item): Promise<void> {
    await this.#table.write([{ put: item }]);
  }

  async remove({ pk, sk }: Key): Promise<void> {
    await this.#table.write([{ remove: { pk, sk } }]);
  }

  async item(key: Key): Promise<Item> {
    const found = await this.#table.get(key);
    if (!found) throw new Error(`There is nothing at ${key.pk} ${key.sk}`);
    return found;
  }

  async entry(number: number): Promise<Entry> {
    return (await this.item(this.key(number)))['body'] as Entry;
  }

  /** The items of both events of an entry. */
  async events(number: number): Promise<[Item, Item]> {
    const ids = (await this.entry(number)).events.map(({ id }) => id);
    const found = await Promise.all(ids.map((id) => this.item(AUDIT_KEYS.event(id))));
    return found as [Item, Item];
  }

  /** Where the second event of an entry is listed, by patient, address and day. */
  async disclosures(number: number): Promise<[Item, Item, Item]> {
    const [, sent] = await this.events(number);
    return [...disclosureItems(eventIn(String(sent['text'])))] as [Item, Item, Item];
  }

  /** The number of the newest entry. */
  async newest(): Promise<number> {
    const [item] = await this.#table.query({ pk: this.key(1).pk, newestFirst: true, limit: 1 });
    return Number(item?.sk);
  }
}

const idOf = ({ pk }: Item): ReportId => pk.slice('EVENT#'.length) as ReportId;
const rehashed = (entry: Entry): Item => entryItem({ ...entry, sha256: entryHash(entry) });
const unentered = (place: Place, events: readonly Item[]): readonly Finding[] =>
  events.map((event) => ({ what: 'event-unentered', reportId: idOf(event), ...place }));

/** @returns what is to be found, and nothing else is */
type Crime = (by: Criminal) => Promise<readonly Finding[]>;

const LATER = atSecond(9999).toISOString();

/** What can be done to an audit, by its name. */
export const CRIMES: Readonly<Record<string, Crime>> = {
  'an entry is altered': async (by) => {
    await by.put(entryItem({ ...(await by.entry(2)), at: LATER }));
    return [{ what: 'entry-altered', ...by.at(2) }];
  },
  'an entry is altered, and its hash with it': async (by) => {
    await by.put(rehashed({ ...(await by.entry(2)), at: LATER }));
    return [{ what: 'entry-unlinked', ...by.at(3) }];
  },
  'the order of the events of an entry is altered': async (by) => {
    const entry = await by.entry(2);
    await by.put(entryItem({ ...entry, events: entry.events.toReversed() }));
    return [{ what: 'entry-altered', ...by.at(2) }];
  },
  'the first entry names one before it': async (by) => {
    const [first, second] = [await by.entry(1), await by.entry(2)];
    const altered = { ...first, previous: second.sha256 };
    const sha256 = entryHash(altered);
    await by.put(entryItem({ ...altered, sha256 }));
    await by.put(rehashed({ ...second, previous: sha256 }));
    return [
      { what: 'entry-unlinked', ...by.at(1) },
      { what: 'entry-unlinked', ...by.at(3) },
    ];
  },
  'an entry is made into something that is none': async (by) => {
    const events = await by.events(2);
    await by.put({ ...by.key(2), kind: 'note' });
    return [{ what: 'entry-altered', ...by.at(2) }, ...unentered(by.at(2), events)];
  },
  'an entry is removed': async (by) => {
    const events = await by.events(2);
    await by.remove(by.key(2));
    return [{ what: 'entry-missing', ...by.at(2), last: 2 }, ...unentered(by.at(2), events)];
  },
  'the first entries are removed, with their events': async (by) => {
    for (const number of [1, 2]) {
      const removed = [...(await by.events(number)), ...(await by.disclosures(number))];
      for (const item of [by.key(number), ...removed]) await by.remove(item);
    }
    return [{ what: 'entry-missing', ...by.at(1), last: 2 }];
  },
  'two entries change places': async (by) => {
    const [one, other] = [await by.entry(2), await by.entry(3)];
    await by.put({ ...entryItem(one), ...by.key(3) });
    await by.put({ ...entryItem(other), ...by.key(2) });
    const misplaced = [...one.events, ...other.events].map(({ id }, index): Finding => ({
      what: 'event-misplaced',
      reportId: id,
      ...by.at(index < 2 ? 3 : 2),
    }));
    return [
      { what: 'entry-misplaced', ...by.at(2) },
      { what: 'entry-misplaced', ...by.at(3) },
      ...[2, 3, 4].map((number): Finding => ({ what: 'entry-unlinked', ...by.at(number) })),
      ...misplaced,
    ];
  },
  'two entries change places, numbers, hashes and events': async (by) => {
    const [one, other] = [await by.entry(2), await by.entry(3)];
    for (const [number, { events, ...entry }] of [
      [3, one],
      [2, other],
    ] as const) {
      await by.put(rehashed({ ...entry, events, number }));
      for (const { id } of events)
        await by.put({ ...(await by.item(AUDIT_KEYS.event(id))), number });
    }
    return [2, 3, 4].map((number) => ({ what: 'entry-unlinked', ...by.at(number) }));
  },
  'the newest entry is removed': async (by) => {
    const newest = await by.newest();
    const events = await by.events(newest);
    await by.remove(by.key(newest));
    return unentered(by.at(newest), events);
  },
  'an event is altered': async (by) => {
    const [event] = await by.events(2);
    await by.put({ ...event, text: String(event['text']).replace('requested', 'delivered') });
    return [{ what: 'event-altered', reportId: idOf(event), ...by.at(2) }];
  },
  'an event is removed': async (by) => {
    const [event] = await by.events(2);
    await by.remove(event);
    return [{ what: 'event-missing', reportId: idOf(event), ...by.at(2) }];
  },
  'an event that discloses is removed': async (by) => {
    const [, event] = await by.events(2);
    await by.remove(event);
    const reportId = idOf(event);
    const lists = (['patient', 'address', 'day'] as const).map((list): Finding => ({
      what: 'disclosure-unentered',
      list,
      reportId,
    }));
    return [{ what: 'event-missing', reportId, ...by.at(2) }, ...lists];
  },
  'an event says that it stands elsewhere': async (by) => {
    const [event] = await by.events(2);
    await by.put({ ...event, number: 3 });
    return [{ what: 'event-misplaced', reportId: idOf(event), ...by.at(2) }];
  },
  'an event is put in that was never entered': async (by) => {
    const [event] = await by.events(2);
    const reportId = `rep_forged${by.chain}` as ReportId;
    await by.put({ ...event, ...AUDIT_KEYS.event(reportId) });
    return [{ what: 'event-unentered', reportId, ...by.at(2) }];
  },
  'an event is put in that nobody can read': async (by) => {
    const reportId = `rep_forged${by.chain}` as ReportId;
    await by.put({ ...AUDIT_KEYS.event(reportId), text: 7 });
    return [{ what: 'event-unentered', reportId, chain: -1, number: 0 }];
  },
  'a disclosure is removed from one list': async (by) => {
    const [, byAddress] = await by.disclosures(2);
    await by.remove(byAddress);
    const [, event] = await by.events(2);
    return [{ what: 'disclosure-missing', list: 'address', reportId: idOf(event) }];
  },
  'a disclosure is altered': async (by) => {
    const [, , byDay] = await by.disclosures(2);
    const body = { ...(byDay['body'] as object), address: 'somebody@else.example' };
    await by.put({ ...byDay, body });
    const [, event] = await by.events(2);
    return [{ what: 'disclosure-altered', list: 'day', reportId: idOf(event) }];
  },
  'a disclosure is moved to another patient': async (by) => {
    const [byPatient] = await by.disclosures(2);
    await by.remove(byPatient);
    await by.put({ ...byPatient, pk: `PATIENT#pat_${'b'.repeat(52)}` });
    const [, event] = await by.events(2);
    // Gone from where it should be; what lies elsewhere is the same finding.
    return [{ what: 'disclosure-missing', list: 'patient', reportId: idOf(event) }];
  },
  'a disclosure is copied to another patient': async (by) => {
    const [byPatient] = await by.disclosures(2);
    await by.put({ ...byPatient, pk: `PATIENT#pat_${'c'.repeat(52)}` });
    const [, event] = await by.events(2);
    return [{ what: 'disclosure-altered', list: 'patient', reportId: idOf(event) }];
  },
  'a copy is listed that no event discloses': async (by) => {
    const [byPatient] = await by.disclosures(2);
    const [event] = await by.events(2);
    const reportId = idOf(event);
    const body = { ...(byPatient['body'] as object), reportId };
    await by.put({ ...byPatient, body, sk: byPatient.sk.replace(/rep_.*/, reportId) });
    return [{ what: 'disclosure-unentered', list: 'patient', reportId }];
  },
  'something else is put in': async (by) => {
    await by.put({ pk: 'NOTE', sk: '1' });
    await by.put({ ...entryItem(await by.entry(2)), sk: '2' });
    await by.put({ pk: `CHAIN#${CHAINS}`, sk: '000000000001' });
    return [`CHAIN#${by.chain} / 2`, `CHAIN#${CHAINS} / 000000000001`, 'NOTE / 1'].map((key) => ({
      what: 'item-unknown',
      key,
    }));
  },
};

/** @param chain in which it happens */
export const commit = (name: string, table: Table, chain = 5): Promise<readonly Finding[]> => {
  const crime = CRIMES[name];
  if (!crime) throw new Error(`There is no crime "${name}"`);
  return crime(new Criminal(table, chain));
};

/** Cuts off the end of the chain with all that was entered there, as one who knows what they do. */
export async function cutOff(table: Table): Promise<Finding> {
  const by = new Criminal(table, 5);
  const newest = await by.newest();
  const removed = [...(await by.events(newest)), ...(await by.disclosures(newest))];
  for (const item of [by.key(newest), ...removed]) await by.remove(item);
  return { what: 'entry-missing', ...by.at(newest), last: newest };
}

/** Writes the newest entry again, as if it had been entered later. */
export async function writeAgain(table: Table): Promise<Finding> {
  const by = new Criminal(table, 5);
  const newest = await by.newest();
  await by.put(rehashed({ ...(await by.entry(newest)), at: LATER }));
  return { what: 'entry-replaced', ...by.at(newest) };
}
