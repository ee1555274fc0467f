import { expect, test } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import { RECIPIENT } from '../../support/whole-path.ts';
import { ANA } from '../http-world.ts';
import { askedWorld, copies, post, requests, TAKEN, xdrWorld } from './xdr-world.ts';

const PROBING = { firstContact: 'probe' } as const;

const TEN = [RECIPIENT, ...Array.from({ length: 9 }, (_, n) => `dr.${n}@direct.clinic.example`)];

describeWith(['shared'], 'a submission to an address that is probed', () => {
  test('waits for the probe, and leaves when that has arrived', async () => {
    const path = await askedWorld(PROBING);
    expect(await post(path)).toMatchObject(TAKEN);
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
    const text = (index: number): string =>
      Buffer.from(path.partner.open(path.relay.taken[index]!).innerEntity.bytes).toString('latin1');
    expect(text(0)).toContain('Subject: Address check');
    await path.answer(['processed', 'dispatched']);
    await path.sweepAt('2026-11-22T12:04:00Z');
    expect(path.relay.taken).toHaveLength(2);
    expect(text(1)).toContain('health-record.zip');
  });

  test('opens a copy and a probe for each of ten that nobody had asked for, in one transaction', async () => {
    const path = await xdrWorld({
      ...PROBING,
      xdrBasis: 'holder-attested',
      xdr: [{ subject: 'system-1' }],
    });
    expect(await post(path, { to: TEN })).toMatchObject(TAKEN);
    expect(await copies(path)).toHaveLength(20);
    expect(await requests(path)).toMatchObject([{ basis: 'holder-attested' }]);
  });

  test('sent again is known for the same, and probes nobody twice', async () => {
    const path = await askedWorld(PROBING);
    await post(path);
    expect(await post(path)).toMatchObject(TAKEN);
    const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
    expect(body.transmissions).toHaveLength(2);
  });
});
