import { expect, test } from '@jest/globals';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { transmitRequestStore } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import { KEYS } from '../../../shared/adapters/dynamo/keys.ts';
import { itemOf } from '../../../shared/adapters/dynamo/table/items.ts';
import type { Table } from '../../../shared/adapters/dynamo/table.ts';
import {
  addressKeyOf,
  type PatientId,
  type RequestId,
  type TransmissionId,
} from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import type { Fact, FactBody } from '../../../shared/transmission/facts.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import { atSecond, delivered, intent, overdue } from '../../support/histories.ts';
import { openCopy } from '../../support/open-copy.ts';
import { ADA_KEY, KIM, LEE, patient, request, transmission, type FreshTable } from './samples.ts';

const ONE = 'tx_1' as TransmissionId;
const REQUEST = 'req_1' as RequestId;
const TWENTY = Array.from({ length: 20 }, (_, n) => n);

const processed = (n: number): FactBody => ({
  kind: 'processed',
  noticeId: `notice-${n}`,
  final: false,
});

const revokedRequest = (current: TransmitRequest): TransmitRequest => ({
  ...current,
  status: 'revoked',
});

/** Stopped before, and active again since this change. */
const again = (current: TransmitRequest): TransmitRequest => ({
  ...current,
  addresses: {
    ...current.addresses,
    [addressKeyOf(LEE)]: { address: LEE, status: 'active', addedWith: current.version + 1 },
  },
});

const without =
  (address: typeof LEE) =>
  (current: TransmitRequest): TransmitRequest => ({
    ...current,
    addresses: {
      ...current.addresses,
      [addressKeyOf(address)]: { address, status: 'revoked' },
    },
  });

export function ledgerRacesContract(fresh: FreshTable): void {
  const open = async () => {
    const table = await fresh();
    const kept = ledger(table);
    const requests = transmitRequestStore(table);
    await requests.create(request('req_1'), 0);
    await openCopy(table, transmission(), atSecond(60));
    const facts = async (): Promise<readonly Fact[]> => {
      const history = await kept.read(ONE);
      return history.ok ? history.value.facts : [];
    };
    const claim = (attempt: number) =>
      kept.append(ONE, atSecond(attempt), () =>
        done({ facts: [intent(attempt)], whileActive: true }),
      );
    return { kept, requests, facts, claim, table };
  };

  test('twenty additions at once all land, numbered without gap or repeat', async () => {
    const { kept, facts } = await open();
    const race = TWENTY.map((n) =>
      kept.append(ONE, atSecond(n), () => done({ facts: [processed(n)] })),
    );
    expect((await Promise.all(race)).every(({ ok }) => ok)).toBe(true);
    const landed = await facts();
    expect(landed.map(({ sequence }) => sequence)).toEqual([...TWENTY.map((n) => n + 1), 21]);
    const notices = landed.flatMap((fact) => ('noticeId' in fact ? [fact.noticeId] : []));
    expect(new Set(notices).size).toBe(20);
  });

  test('of two ends that race exactly one is recorded, and both see the same', async () => {
    const { kept } = await open();
    const [one, other] = await Promise.all([
      kept.append(ONE, atSecond(1), () => done({ facts: [delivered] })),
      kept.append(ONE, atSecond(1), () => done({ facts: [overdue] })),
    ]);
    expect(one).toEqual(other);
    expect(one.ok && one.value.facts.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
  });

  test('of twenty workers who race for the lease exactly one gets it', async () => {
    const { kept } = await open();
    const race = TWENTY.map((n) =>
      kept.append(ONE, atSecond(1), ({ lease }) =>
        lease
          ? fail('edge/unavailable')
          : done({ facts: [], lease: { owner: `w${n}`, attempt: 1, until: 'later' } }),
      ),
    );
    expect((await Promise.all(race)).filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('whoever reads during an addition sees all of it or nothing', async () => {
    const { kept, facts } = await open();
    const writer = (async () => {
      for (const n of TWENTY) {
        await kept.append(ONE, atSecond(n), () =>
          done({ facts: [processed(n), processed(n + 100)] }),
        );
      }
    })();
    const seen: number[] = [];
    for (const _ of TWENTY) seen.push((await facts()).length);
    await writer;
    expect(seen.filter((length) => length % 2 === 0)).toEqual([]);
  });

  test.each([
    ['the request', revokedRequest],
    ['the address', without(LEE)],
  ])('transmit-request/revoked: %s was revoked', async (_, revoke) => {
    const { requests, claim, facts, kept } = await open();
    await requests.change(ADA_KEY, REQUEST, atSecond(1), (current) => done(revoke(current)));
    expect(await claim(1)).toEqual(fail('transmit-request/revoked'));
    expect(await facts()).toHaveLength(1);
    const unchecked = await kept.append(ONE, atSecond(1), () => done({ facts: [overdue] }));
    expect(unchecked.ok).toBe(true);
  });

  test.each([
    ['patient/merged', { mergedInto: 'ben' as PatientId }, {}],
    ['patient/deceased', { death: {} }, {}],
    ['patient/deceased', { death: { at: '2026-11-21' } }, {}],
    [undefined, { death: {} }, { afterDeath: true }],
    ['patient/merged', { mergedInto: 'ben' as PatientId, death: {} }, { afterDeath: true }],
    [undefined, {}, {}],
  ] as const)('%s: of a patient who is %j, under a plan with %j', async (code, who, plan) => {
    const { table, requests, kept } = await open();
    const copy = { ...transmission(), id: 'tx_2' as TransmissionId };
    await openCopy(table, { ...copy, plan: { ...copy.plan, ...plan } }, atSecond(60));
    await table.write([{ put: itemOf(KEYS.patient(ADA_KEY), 'patient', patient('ada', who)) }]);
    const claimed = () =>
      kept.append(copy.id, atSecond(1), () => done({ facts: [intent(1)], whileActive: true }));
    expect(await claimed()).toMatchObject(code === undefined ? { ok: true } : fail(code));
    await requests.change(ADA_KEY, REQUEST, atSecond(2), (each) => done(revokedRequest(each)));
    expect(await claimed()).toEqual(fail('transmit-request/revoked'));
  });

  test.each([
    ['and the request has no end date', {}, undefined],
    ['and its end date is now', { until: atSecond(1).toISOString() }, undefined],
    [
      'transmit-request/expired: a millisecond past',
      { until: atSecond(0.999).toISOString() },
      'transmit-request/expired',
    ],
    [
      'transmit-request/revoked: and expired too',
      { until: atSecond(0).toISOString(), status: 'revoked' },
      'transmit-request/revoked',
    ],
    [
      'and the authority it rests on lasts',
      { authorityEndsAt: '2026-11-22T10:00:01.001Z' },
      undefined,
    ],
    [
      'consent/authority-ended: to the millisecond',
      { authorityEndsAt: atSecond(1).toISOString() },
      'consent/authority-ended',
    ],
    [
      'consent/authority-ended: and paused for that',
      {
        authorityEndsAt: atSecond(0).toISOString(),
        status: 'paused',
        paused: { code: 'consent/authority-ended', at: atSecond(0).toISOString() },
      },
      'consent/authority-ended',
    ],
    [
      'transmit-request/revoked: and the authority ended too',
      { authorityEndsAt: atSecond(0).toISOString(), status: 'revoked' },
      'transmit-request/revoked',
    ],
    ['transmit-request/paused: the whole of it', { status: 'paused' }, 'transmit-request/paused'],
    [
      'transmit-request/paused: and expired too',
      { until: atSecond(0).toISOString(), status: 'paused' },
      'transmit-request/paused',
    ],
    [
      'transmit-request/paused: its address',
      { addresses: { [addressKeyOf(LEE)]: { address: LEE, status: 'paused' } } },
      'transmit-request/paused',
    ],
    [
      'transmit-request/revoked: its address, while the request is paused',
      {
        status: 'paused',
        addresses: { [addressKeyOf(LEE)]: { address: LEE, status: 'revoked' } },
      },
      'transmit-request/revoked',
    ],
  ] as const)('while active, %s', async (_, change, code) => {
    const { requests, claim } = await open();
    await requests.change(ADA_KEY, REQUEST, atSecond(1), (current) =>
      done({ ...current, ...change }),
    );
    const claimed = await claim(1);
    expect(claimed.ok ? undefined : claimed.failure.code).toBe(code);
  });

  test('transmit-request/revoked: an addition of nothing but the check', async () => {
    const { requests, kept } = await open();
    const check = () => kept.append(ONE, atSecond(1), () => done({ facts: [], whileActive: true }));
    expect((await check()).ok).toBe(true);
    await requests.change(ADA_KEY, REQUEST, atSecond(1), (current) =>
      done(revokedRequest(current)),
    );
    expect(await check()).toEqual(fail('transmit-request/revoked'));
  });

  test('transmit-request/revoked: its address was stopped and added again; what is opened since then may leave', async () => {
    const { requests, claim, kept, table } = await open();
    await requests.change(ADA_KEY, REQUEST, atSecond(1), (current) => done(without(LEE)(current)));
    await requests.change(ADA_KEY, REQUEST, atSecond(2), (current) => done(again(current)));
    expect(await claim(1)).toEqual(fail('transmit-request/revoked'));

    const newer = transmission('tx_2', 3, { addressAddedWith: 3 });
    await openCopy(table, newer, atSecond(60));
    const claimed = () =>
      kept.append(newer.id, atSecond(4), () => done({ facts: [], whileActive: true }));
    expect((await claimed()).ok).toBe(true);
    await requests.change(ADA_KEY, REQUEST, atSecond(5), (current) => done(without(LEE)(current)));
    await requests.change(ADA_KEY, REQUEST, atSecond(6), (current) => done(again(current)));
    expect(await claimed()).toEqual(fail('transmit-request/revoked'));
  });

  test('another address of the request, revoked, stops nothing', async () => {
    const { requests, claim } = await open();
    await requests.change(ADA_KEY, REQUEST, atSecond(1), (current) => done(without(KIM)(current)));
    expect((await claim(1)).ok).toBe(true);
  });

  test.each([
    ['the request', revokedRequest],
    ['the address', without(LEE)],
  ])(
    'no intent is recorded after the revocation of %s was acknowledged, however they race',
    async (_, revoke) => {
      const { requests, claim, facts, kept } = await open();
      let attempts = 0;
      let acknowledged = false;
      const afterwards: boolean[] = [];
      const worker = async (): Promise<void> => {
        for (;;) {
          const isLate = acknowledged;
          const { ok } = await claim((attempts += 1));
          if (isLate) afterwards.push(ok);
          if (isLate) return;
        }
      };
      const workers = [worker(), worker(), worker()];
      while ((await facts()).length < 4) expect(acknowledged).toBe(false);

      await requests.change(ADA_KEY, REQUEST, atSecond(1), (current) => done(revoke(current)));
      acknowledged = true;
      const recorded = (await facts()).length;
      const leaving = await kept.leaving(ADA_KEY);
      await Promise.all(workers);

      expect(afterwards).toEqual([false, false, false]);
      expect((await facts()).length).toBe(recorded);
      expect(leaving.map(({ transmissionId }) => transmissionId)).toEqual([ONE]);
    },
  );

  test('an addition whose answer was lost, made again, is there once', async () => {
    const { kept, facts, table } = await open();
    const forgetful = ledger(losingAnswers(table));
    const add = (to: typeof kept) =>
      to.append(ONE, atSecond(1), () => done({ facts: [intent(), processed(1)] }));
    await expect(add(forgetful)).rejects.toThrow('answer lost');
    expect((await add(kept)).ok).toBe(true);
    expect((await facts()).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });
}

/** Writes, and then the connection breaks. */
const losingAnswers = (table: Table): Table => ({
  ...table,
  async write(writes) {
    await table.write(writes);
    throw new Error('answer lost');
  },
});
