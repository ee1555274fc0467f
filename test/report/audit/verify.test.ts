import { describe, expect, test } from '@jest/globals';
import { auditIn } from '../../../shared/adapters/audit/audit.ts';
import { canonical } from '../../../shared/report/audit/canonical.ts';
import { CHAINS } from '../../../shared/report/audit/entry.ts';
import type { Finding } from '../../../shared/report/audit/finding.ts';
import type { AuditTrail } from '../../../shared/report/audit/trail.ts';
import { verifyAudit, type Head } from '../../../shared/report/audit/verify.ts';
import { atSecond } from '../../support/histories.ts';
import { memoryAudit } from '../../support/memory/audit.ts';
import { auditedOf } from '../../support/reports.ts';
import { commit, CRIMES, cutOff, fillAudit, writeAgain } from './crimes.ts';

const pause = () => Promise.resolve();

async function filled() {
  const audit = memoryAudit();
  await fillAudit(audit.table);
  return audit;
}

const sorted = (findings: readonly Finding[]): readonly string[] => findings.map(canonical).sort();

describe('an audit that nobody touched', () => {
  test('is found as it was entered, all of it', async () => {
    const { trail } = await filled();
    const verified = await verifyAudit({ trail, pause });
    expect(verified).toMatchObject({ findings: [], entries: 96, events: 192 });
    expect(verified.heads).toHaveLength(CHAINS);
  });

  test('is found so when it is empty', async () => {
    const { trail } = memoryAudit();
    expect(await verifyAudit({ trail, pause })).toEqual({
      findings: [],
      entries: 0,
      events: 0,
      heads: [],
    });
  });

  test('is found so while it is written to', async () => {
    const { trail, table } = await filled();
    const { heads } = await verifyAudit({ trail, pause });
    let n = 1000;
    const write = async (): Promise<void> => {
      n += 1;
      await auditIn(table).append([auditedOf(`${n}`)], atSecond(n));
    };
    const busy = {
      ...trail,
      async *entries(chain: number) {
        for await (const entry of trail.entries(chain)) {
          await write();
          yield entry;
        }
      },
      async *everything() {
        for await (const page of trail.everything()) {
          await write();
          yield page;
        }
      },
    };
    expect((await verifyAudit({ trail: busy, heads, pause: write })).findings).toEqual([]);
  });

  test('is found so when a transaction that was begun later is seen in part', async () => {
    const { trail } = await filled();
    let pauses = 0;
    const halfway: AuditTrail = {
      ...trail,
      newest: async (chain) => (await trail.newest(chain)) - 1,
      events: async (ids) =>
        (await trail.events(ids)).filter(({ place }) => pauses > 1 || place.number < 6),
    };
    const wait = () => {
      pauses += 1;
      return Promise.resolve();
    };
    expect((await verifyAudit({ trail: halfway, pause: wait })).findings).toEqual([]);
  });

  test('is found so when a transaction is seen in part: what seems stray is looked at again', async () => {
    const { trail } = await filled();
    let isWhole = false;
    const halfway = {
      ...trail,
      entriesAt: (places: Parameters<typeof trail.entriesAt>[0]) =>
        isWhole ? trail.entriesAt(places) : Promise.resolve([]),
    };
    let pauses = 0;
    const wait = () => {
      pauses += 1;
      isWhole = pauses > 1;
      return Promise.resolve();
    };
    expect((await verifyAudit({ trail: halfway, pause: wait })).findings).toEqual([]);
    expect(pauses).toBe(2);
  });
});

describe('what was done to an audit is found, and nothing else', () => {
  test.each(Object.keys(CRIMES))('%s', async (name) => {
    const { table, trail } = await filled();
    const expected = await commit(name, table);
    expect(expected.length).toBeGreaterThan(0);
    const { findings } = await verifyAudit({ trail, pause });
    expect(sorted(findings)).toEqual(sorted(expected));
  });
});

const ENDS = { 'is cut off': cutOff, 'is written again': writeAgain };

async function verifiedAfter(crime: typeof cutOff, keepsHeads: boolean) {
  const { table, trail } = await filled();
  const { heads } = await verifyAudit({ trail, pause });
  const expected = await crime(table);
  const kept: readonly Head[] = keepsHeads ? heads : [];
  const { findings } = await verifyAudit({ trail, heads: kept, pause });
  return { findings, expected };
}

describe.each(Object.entries(ENDS))('the end of a chain %s', (_, crime) => {
  test('and the chain alone does not show it', async () => {
    expect((await verifiedAfter(crime, false)).findings).toEqual([]);
  });

  test('and heads that were kept elsewhere do', async () => {
    const { findings, expected } = await verifiedAfter(crime, true);
    expect(findings).toEqual([expected]);
  });
});
