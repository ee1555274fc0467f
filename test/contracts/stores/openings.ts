import { expect, test } from '@jest/globals';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { transmitRequestStore } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import { triggerStore } from '../../../shared/adapters/dynamo/triggers.ts';
import { windowStore } from '../../../shared/adapters/dynamo/windows.ts';
import {
  addressKeyOf,
  type DirectAddress,
  type RequestId,
  type TransmissionId,
  type TriggerId,
} from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import type { FactBody } from '../../../shared/transmission/facts.ts';
import type { Opening } from '../../../shared/transmission/opening.ts';
import { atSecond } from '../../support/histories.ts';
import { openCopy } from '../../support/open-copy.ts';
import {
  ADA_KEY,
  BEN_KEY,
  KIM,
  LEE,
  request,
  transmission,
  trigger,
  window,
  type FreshTable,
} from './samples.ts';

const REQUEST = 'req_1' as RequestId;
const REQUESTED: FactBody = { kind: 'requested', trigger: 'discharge' };
const NONE: FactBody = { kind: 'ended', end: 'failed', code: 'record/none' };
const revoke = () => done(request('req_1', 0, { status: 'revoked' }));
const at = atSecond(0).toISOString();

export function openingContract(fresh: FreshTable): void {
  /** A request with a window that is about to close, and what it closes into. */
  const closing = async (more: Partial<Opening> = {}) => {
    const table = await fresh();
    const [requests, windows, kept] = [
      transmitRequestStore(table),
      windowStore(table),
      ledger(table),
    ];
    await requests.create(request('req_1'), 0);
    for (const id of ['trg_1', 'trg_2']) await triggerStore(table).add(trigger(id), atSecond(60));
    await windows.join('trg_1' as TriggerId, [REQUEST], () => window(REQUEST));
    const opening: Opening = {
      window: (await windows.read(REQUEST))!,
      request: request('req_1'),
      copies: [transmission('tx_1'), transmission('tx_2', 0, { address: KIM })],
      facts: [REQUESTED],
      dueAt: atSecond(60),
      ...more,
    };
    return { table, requests, windows, kept, index: dueIndex(table), opening };
  };

  test('a window that closes is gone, and its copies are open, listed and due', async () => {
    const { windows, kept, index, requests, opening } = await closing();
    expect(await kept.open(opening)).toBe('opened');
    expect(await windows.read(REQUEST)).toBeUndefined();
    for (const copy of opening.copies) {
      expect(await kept.read(copy.id)).toEqual(
        done({ transmission: copy, facts: [{ ...REQUESTED, sequence: 1, at }] }),
      );
    }
    const lines = (await kept.list(ADA_KEY)).map(({ address, status }) => `${address} ${status}`);
    expect(new Set(lines)).toEqual(new Set([`${LEE} waiting`, `${KIM} waiting`]));
    expect(
      (await index.due(atSecond(60), 5)).due.filter(({ kind }) => kind === 'transmission'),
    ).toHaveLength(2);
    expect(await requests.get(ADA_KEY, REQUEST)).toEqual(done(request('req_1')));
  });

  test('it closes once', async () => {
    const { kept, opening } = await closing();
    expect(await kept.open(opening)).toBe('opened');
    expect(await kept.open(opening)).toBe('changed-meanwhile');
    expect(await kept.list(ADA_KEY)).toHaveLength(2);
  });

  test('of twenty who close it at once one does', async () => {
    const { kept, opening } = await closing();
    const answers = await Promise.all(Array.from({ length: 20 }, () => kept.open(opening)));
    expect(answers.filter((answer) => answer === 'opened')).toHaveLength(1);
    expect(await kept.list(ADA_KEY)).toHaveLength(2);
  });

  test('nothing is opened when a trigger joined meanwhile', async () => {
    const { kept, windows, opening } = await closing();
    await windows.join(
      'trg_2' as TriggerId,
      [REQUEST],
      (_, open) => open && { ...open, joined: 2 },
    );
    expect(await kept.open(opening)).toBe('changed-meanwhile');
    expect(await windows.read(REQUEST)).toMatchObject({ joined: 2 });
    expect(await kept.list(ADA_KEY)).toEqual([]);
  });

  test.each([undefined, request('req_1', 0, { servedAt: at })])(
    'nothing is opened when the request was changed meanwhile (%#)',
    async (served) => {
      const { kept, windows, requests, opening } = await closing(served && { served });
      await requests.change(ADA_KEY, REQUEST, atSecond(1), revoke);
      expect(await kept.open(opening)).toBe('changed-meanwhile');
      expect(await windows.read(REQUEST)).toEqual(opening.window);
      expect(await kept.list(ADA_KEY)).toEqual([]);
      expect(await requests.get(ADA_KEY, REQUEST)).toMatchObject({ value: { status: 'revoked' } });
    },
  );

  test('a request for one copy is served by it', async () => {
    const { kept, requests, opening } = await closing({
      served: request('req_1', 0, { servedAt: at }),
    });
    expect(await kept.open(opening)).toBe('opened');
    expect(await requests.get(ADA_KEY, REQUEST)).toEqual(
      done(request('req_1', 0, { servedAt: at, version: 2 })),
    );
  });

  test('copies that end at once are never due, and the list says why', async () => {
    const { kept, index, opening } = await closing({ facts: [REQUESTED, NONE], dueAt: 'never' });
    expect(await kept.open(opening)).toBe('opened');
    expect(await kept.read('tx_1' as TransmissionId)).toMatchObject({
      value: {
        facts: [
          { ...REQUESTED, sequence: 1 },
          { ...NONE, sequence: 2, at },
        ],
      },
    });
    expect(await kept.list(ADA_KEY)).toMatchObject([
      { status: 'failed', code: 'record/none' },
      { status: 'failed', code: 'record/none' },
    ]);
    expect(
      (await index.due(atSecond(9999), 5)).due.filter(({ kind }) => kind === 'transmission'),
    ).toEqual([]);
  });

  test('ten addresses that end at once fit into one transaction', async () => {
    const addresses = Array.from(
      { length: 10 },
      (_, n) => `dr.${n}@direct.clinic.example` as DirectAddress,
    );
    const copies = addresses.map((address) =>
      transmission(`tx_${addressKeyOf(address)}`, 0, { address }),
    );
    const served = request('req_1', 0, { servedAt: at });
    const { kept, opening } = await closing({
      copies,
      served,
      facts: [REQUESTED, NONE],
      dueAt: 'never',
    });
    expect(await kept.open(opening)).toBe('opened');
    expect(await kept.list(ADA_KEY)).toHaveLength(10);
  });

  test('copies are counted by the day of their opening, UTC, without probes and no further than asked', async () => {
    const table = await fresh();
    const kept = ledger(table);
    const day = (createdAt: string, id: string, more: { readonly isProbe?: true } = {}) =>
      openCopy(table, transmission(id, 0, { createdAt, ...more }), atSecond(60));
    await day('2026-11-21T23:59:59.999Z', 'tx_0');
    await day('2026-11-22T00:00:00.000Z', 'tx_1_probe', { isProbe: true });
    await day('2026-11-22T00:00:00.000Z', 'tx_1');
    await day('2026-11-22T23:59:59.999Z', 'tx_2');
    await day('2026-11-23T00:00:00.000Z', 'tx_3');
    const noon = new Date('2026-11-22T12:00:00Z');
    expect(await kept.openedOn(ADA_KEY, noon, 9)).toBe(2);
    expect(await kept.openedOn(ADA_KEY, noon, 1)).toBe(1);
    expect(await kept.openedOn(BEN_KEY, noon, 9)).toBe(0);
  });
}
