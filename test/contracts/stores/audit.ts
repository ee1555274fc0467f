import { expect, test } from '@jest/globals';
import { auditIn } from '../../../shared/adapters/audit/audit.ts';
import { foundIn } from '../../../shared/adapters/audit/items.ts';
import { AUDIT_PARTITIONS } from '../../../shared/adapters/audit/keys.ts';
import type { Table } from '../../../shared/adapters/dynamo/table.ts';
import { BEGINNING, CHAINS, type Entry } from '../../../shared/report/audit/entry.ts';
import type { Audited } from '../../../shared/report/report.ts';
import { atSecond } from '../../support/histories.ts';
import { auditedOf } from '../../support/reports.ts';
import type { FreshTable } from './samples.ts';

/** All entries, chain by chain, in their order. */
async function entriesIn(table: Table): Promise<readonly Entry[]> {
  const chains = Array.from({ length: CHAINS }, (_, chain) =>
    table.query({ pk: AUDIT_PARTITIONS.chain(chain), limit: 1000 }),
  );
  return (await Promise.all(chains)).flat().flatMap((item) => {
    const found = foundIn(item);
    return found.kind === 'entry' && found.found.entry ? [found.found.entry] : [];
  });
}

const idsOf = (batch: readonly Audited[]): readonly string[] =>
  batch.map(({ report }) => report.id);

const namesOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `copy-${n}`);

const told = (
  name: string,
  what: 'sent' | 'uncertain' | 'processed' | 'requested',
  second: number,
): Audited => auditedOf(name, `transmission.${what}`, second);

export function auditContract(fresh: FreshTable): void {
  test('a batch is entered as one entry, in its order', async () => {
    const table = await fresh();
    const batch = namesOf(20).map((name) => auditedOf(name));
    expect(await auditIn(table).append(batch, atSecond(1))).toEqual(batch);
    const entries = await entriesIn(table);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ number: 1, at: atSecond(1).toISOString() });
    expect(entries[0]?.events.map(({ id }) => id)).toEqual(idsOf(batch));
  });

  test('what is entered already is left out, and a batch of such enters nothing', async () => {
    const table = await fresh();
    const audit = auditIn(table);
    const [one, two, three] = namesOf(3).map((name) => auditedOf(name)) as [
      Audited,
      Audited,
      Audited,
    ];
    await audit.append([one, two], atSecond(1));
    expect(await audit.append([one, two], atSecond(2))).toEqual([]);
    expect(await audit.append([two, three, three], atSecond(3))).toEqual([three]);
    const ids = (await entriesIn(table)).flatMap(({ events }) => events.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(idsOf([one, two, three]).toSorted());
  });

  test('an entry names the one before, and numbers have no gap', async () => {
    const table = await fresh();
    for (const name of namesOf(40)) await auditIn(table).append([auditedOf(name)], atSecond(1));
    const entries = await entriesIn(table);
    expect(entries).toHaveLength(40);
    const expected = entries.map(({ chain }, index) => {
      const before = entries[index - 1];
      return before?.chain === chain
        ? { chain, number: before.number + 1, previous: before.sha256 }
        : { chain, number: 1, previous: BEGINNING };
    });
    expect(entries).toMatchObject(expected);
  });

  test('of many who enter the same and other things at once, each thing is entered once', async () => {
    const table = await fresh();
    const names = namesOf(6);
    const answers = await Promise.all(
      [...names, ...names].map((name, n) =>
        auditIn(table).append([auditedOf('shared'), auditedOf(name)], atSecond(n)),
      ),
    );
    const entered = answers.flat().map(({ report }) => report.id);
    expect(entered.toSorted()).toEqual(
      idsOf([auditedOf('shared'), ...names.map((name) => auditedOf(name))]).toSorted(),
    );
    const ids = (await entriesIn(table)).flatMap(({ events }) => events.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(entered.toSorted());
  });

  test('a copy is disclosed by what is said of its hand-over, and by proof when nothing was', async () => {
    const table = await fresh();
    const audit = auditIn(table);
    await audit.append([told('sent', 'sent', 1), told('lost', 'uncertain', 2)], atSecond(3));
    await audit.append([told('sent', 'processed', 4), told('lost', 'processed', 5)], atSecond(6));
    await audit.append([told('both', 'sent', 7), told('both', 'processed', 8)], atSecond(9));
    await audit.append([told('none', 'requested', 10)], atSecond(11));

    const pk = AUDIT_PARTITIONS.patient(auditedOf('sent').patientKey);
    const items = await table.query({ pk, limit: 100 });
    const lines = items.map(({ sk }) => sk.split('#').slice(0, 2).join(' '));
    expect(lines).toEqual(['tx_both sent', 'tx_lost sent', 'tx_lost uncertain', 'tx_sent sent']);
  });

  test.each([0, 21])('a batch of %i is a mistake of the caller', async (count) => {
    const batch = namesOf(count).map((name) => auditedOf(name));
    await expect(auditIn(await fresh()).append(batch, atSecond(1))).rejects.toThrow('A batch of');
  });
}
