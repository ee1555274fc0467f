import { describe, expect, test } from '@jest/globals';
import { ANA } from './lambdas/http-world.ts';
import { share, SHARE } from './lambdas/steps.ts';
import { discharge, kinds, readyToShare, report, revoke } from './support/one-record.ts';
import { RECIPIENT, type WholePath } from './support/whole-path.ts';

const PROBING = { firstContact: 'probe' } as const;

const all = async (path: WholePath) => {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  const views = body.transmissions.map(({ id }: { id: string }) =>
    path.ask(`GET /v1/transmissions/${id}`, { as: ANA }),
  );
  const answered: Awaited<ReturnType<WholePath['ask']>>[] = await Promise.all(views);
  return answered.map((each) => each.body);
};

const probeAndCopy = async (path: WholePath) => {
  const found = await all(path);
  expect(found).toHaveLength(2);
  return {
    probe: found.find(({ isProbe }) => isProbe),
    copy: found.find(({ isProbe }) => !isProbe),
  };
};

/** All that a recipient could read of a message. */
const textOf = (path: WholePath, index: number): string =>
  Buffer.from(path.partner.open(path.relay.taken[index]!).innerEntity.bytes).toString('latin1');

describe('where an address is probed before the first copy', () => {
  test('a message without anything of the patient goes first, and the record when it has arrived', async () => {
    const path = await readyToShare(PROBING);
    await discharge(path);
    await path.sweepAt('2026-11-22T12:02:00Z');
    expect(path.relay.taken).toHaveLength(1);
    const before = await probeAndCopy(path);
    expect(before.probe).toMatchObject({ status: 'sent', address: RECIPIENT });
    expect(before.copy).toMatchObject({ status: 'waiting', after: before.probe.id });
    const text = textOf(path, 0);
    expect(text).toContain('Subject: Address check');
    expect(text).toContain('This message holds none: it goes first');
    expect(text).not.toMatch(/rivera|ana\b|zip|1980|discharge/i);

    await path.answer(['processed', 'dispatched']);
    await path.sweepAt('2026-11-22T12:04:00Z');
    expect(path.relay.taken).toHaveLength(2);
    expect(textOf(path, 1)).toContain('health-record.zip');
    await path.answer(['processed', 'dispatched'], 1);
    const after = await probeAndCopy(path);
    expect([after.probe.status, after.copy.status]).toEqual(['delivered', 'delivered']);
    expect(kinds(after.copy)).toEqual([
      'requested',
      'reached',
      'intent',
      'accepted',
      'processed',
      'dispatched',
      'ended',
    ]);
  });

  test('what arrived there once is not asked again', async () => {
    const path = await readyToShare(PROBING);
    await discharge(path);
    await path.answer(['processed', 'dispatched']);
    await path.sweepAt('2026-11-22T12:04:00Z');
    await path.answer(['processed', 'dispatched'], 1);
    await report(path, 'event-2');
    await path.settle();
    expect(path.relay.taken).toHaveLength(3);
    expect(textOf(path, 2)).toContain('health-record.zip');
  });

  test.each([
    ['the mailbox is unknown', ['processed', 'failed'] as const, '2026-11-22T12:10:00Z'],
    ['nobody answers', [] as const, '2026-11-22T13:10:00Z'],
    [
      'it is known only to have reached the service',
      ['processed'] as const,
      '2026-11-22T13:10:00Z',
    ],
  ])('when %s no record leaves, and it is told why', async (_, answers, time) => {
    const path = await readyToShare(PROBING);
    await discharge(path);
    await path.answer(answers);
    await path.sweepAt(time);
    await path.sweepAt(time.replace('10:00', '12:00'));
    const { probe, copy } = await probeAndCopy(path);
    expect(probe.status).toBe('failed');
    expect(copy).toMatchObject({ status: 'failed', code: 'deliver/probe-failed' });
    await path.sweepAt('2026-11-24T12:00:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('a notice about the probe that comes late says nothing of the record', async () => {
    const path = await readyToShare(PROBING);
    await discharge(path);
    await path.answer(['processed', 'dispatched']);
    await path.sweepAt('2026-11-22T12:04:00Z');
    await path.answer(['processed', 'dispatched'], 0);
    const { copy } = await probeAndCopy(path);
    expect(copy.status).toBe('sent');
  });

  test('the time of a copy begins when its probe has arrived', async () => {
    const path = await readyToShare({
      ...PROBING,
      deadlines: { retryForSeconds: 60 },
    });
    await discharge(path);
    await path.sweepAt('2026-11-22T12:50:00Z');
    await path.answer(['processed', 'dispatched']);
    await path.sweepAt('2026-11-22T12:52:00Z');
    expect(path.relay.taken).toHaveLength(2);
  });

  test('a revocation stops the copy that waits', async () => {
    const path = await readyToShare(PROBING);
    await discharge(path);
    await revoke(path);
    await path.answer(['processed', 'dispatched']);
    await path.sweepAt('2026-11-22T12:04:00Z');
    const { copy } = await probeAndCopy(path);
    expect(copy).toMatchObject({ status: 'stopped', code: 'transmit-request/revoked' });
    expect(path.relay.taken).toHaveLength(1);
  });

  test('a probe that was stopped before it left says why, and so does its copy', async () => {
    const path = await readyToShare(PROBING);
    path.ports.circuit.read = async () => ({
      failures: 9,
      openUntil: '2026-11-22T12:10:00.000Z',
      version: 1,
    });
    await discharge(path);
    await revoke(path);
    await path.sweepAt('2026-11-22T12:20:00Z');
    await path.sweepAt('2026-11-22T12:22:00Z');
    const { probe, copy } = await probeAndCopy(path);
    for (const each of [probe, copy]) {
      expect(each).toMatchObject({ status: 'stopped', code: 'transmit-request/revoked' });
    }
  });

  test('what goes by the HISP of another organisation is not probed', async () => {
    const path = await readyToShare({ ...PROBING });
    Object.assign(path.ports, { goesByHisp: () => true });
    await share(path, {
      json: { ...SHARE, addresses: [RECIPIENT], frequency: 'once' },
      headers: { 'idempotency-key': 'another' },
    });
    await path.settle();
    expect((await all(path)).every(({ isProbe }) => isProbe === undefined)).toBe(true);
  });
});

test('without the setting the record goes at once', async () => {
  const path = await readyToShare();
  await discharge(path);
  expect(textOf(path, 0)).toContain('health-record.zip');
});
