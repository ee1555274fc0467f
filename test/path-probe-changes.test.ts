import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANA, type Answered, SYSTEM } from './lambdas/http-world.ts';
import { key, MRN, register } from './lambdas/steps.ts';
import { discharge, readyToShare } from './support/one-record.ts';
import { RECIPIENT, type WholePath } from './support/whole-path.ts';

const REQUESTS = '/v1/patients/ana/transmit-requests';
const OTHER = 'dr.kim@direct.clinic.example';
/** Before the probe arrives. */
const ENDS = '2026-11-22T12:03:00.000Z';

let path: WholePath;

/** A probe of the recipient has left, and the copy waits for it. */
beforeEach(async () => {
  path = await readyToShare({ firstContact: 'probe' });
  await discharge(path);
});

const request = async (): Promise<Answered['body']> =>
  (await path.ask(`GET ${REQUESTS}`, { as: ANA })).body.transmitRequests[0];

async function amend(json: object): Promise<void> {
  const { id, version } = await request();
  const { status } = await path.ask(`PATCH ${REQUESTS}/${id}`, {
    as: ANA,
    json,
    headers: { 'content-type': 'application/merge-patch+json', 'if-match': `"${version}"` },
  });
  expect(status).toBe(200);
  await path.settle();
}

async function send(json: object, name = 'extra'): Promise<void> {
  const { id } = await request();
  const asking = { as: ANA, json, headers: key(name) };
  expect((await path.ask(`POST ${REQUESTS}/${id}/send`, asking)).status).toBe(202);
  await path.settle();
}

/** The probe that left first is confirmed, and everything goes on. */
async function arrives(): Promise<void> {
  await path.answer(['processed', 'dispatched']);
  await path.sweepAt('2026-11-22T12:04:00Z');
  await path.sweepAt('2026-11-22T12:06:00Z');
}

/** To whom, whether it is a probe, and what became of it. */
const lines = async (): Promise<readonly string[]> => {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  const views = await Promise.all(
    body.transmissions.map(({ id }: { id: string }) =>
      path.ask(`GET /v1/transmissions/${id}`, { as: ANA }),
    ),
  );
  return views
    .map(({ body: { address, isProbe, status, code } }: Answered) =>
      [address, isProbe ? 'probe' : 'copy', status, code ?? ''].join(' ').trim(),
    )
    .toSorted();
};

const recordsLeft = (): number =>
  path.relay.taken.filter((_, index) =>
    Buffer.from(path.partner.open(path.relay.taken[index]!).innerEntity.bytes)
      .toString('latin1')
      .includes('health-record.zip'),
  ).length;

describe('while an address is probed', () => {
  test('a change that removes it stops the copy that waits, and names nothing that left', async () => {
    await amend({ addresses: [OTHER], sendNow: false });
    await arrives();
    expect(recordsLeft()).toBe(0);
    expect(await lines()).toEqual([
      `${RECIPIENT} copy stopped transmit-request/revoked`,
      `${RECIPIENT} probe delivered`,
    ]);
  });

  test('one that removes it and names it again sends one record: what waited was of the old asking', async () => {
    await amend({ addresses: [OTHER], sendNow: false });
    await amend({ addresses: [RECIPIENT, OTHER], sendNow: false });
    await arrives();
    expect(recordsLeft()).toBe(0);
    await send({ addresses: [RECIPIENT] });
    expect(recordsLeft()).toBe(1);
    expect(await lines()).toEqual([
      `${RECIPIENT} copy sent`,
      `${RECIPIENT} copy stopped transmit-request/revoked`,
      `${RECIPIENT} probe delivered`,
    ]);
  });

  test('a change of anything else lets the copy go', async () => {
    await amend({ frequency: 'weekly', schedule: { at: '07:00', timeZone: 'UTC', dayOfWeek: 1 } });
    await arrives();
    expect(recordsLeft()).toBe(1);
  });

  test('one more copy is probed by itself, and each leaves once', async () => {
    await send({});
    expect(await lines()).toEqual([
      `${RECIPIENT} copy waiting`,
      `${RECIPIENT} copy waiting`,
      `${RECIPIENT} probe sent`,
      `${RECIPIENT} probe sent`,
    ]);
    await path.answer(['processed', 'dispatched'], 1);
    await arrives();
    await path.sweepAt('2026-11-22T12:08:00Z');
    expect(recordsLeft()).toBe(2);
  });

  test('one that is added is probed alone, and what becomes of it is of no account to the other', async () => {
    await amend({ addresses: [RECIPIENT, OTHER] });
    expect(await lines()).toEqual([
      `${OTHER} copy failed deliver/probe-failed`,
      `${OTHER} probe failed discover/no-certificate`,
      `${RECIPIENT} copy waiting`,
      `${RECIPIENT} probe sent`,
    ]);
  });

  test.each([
    ['patient/merged', 'it is given up for another', ['second', 'ana']],
    ['transmit-request/paused', 'another is merged into it', ['ana', 'second']],
  ])('%s: no record leaves when %s', async (code, _, [into, from]) => {
    await register(path, 'second', { identifiers: [{ ...MRN, value: 'MRN-0002' }] });
    const merge = { as: SYSTEM, json: { from }, headers: key('merge') };
    expect((await path.ask(`POST /v1/patients/${into}/merge`, merge)).status).toBe(200);
    await path.answer(['processed', 'dispatched']);
    await path.sweepAt('2026-11-22T12:04:00Z');
    expect(recordsLeft()).toBe(0);
    const copies = await path.ports.ledger.list(path.ports.keyOf('ana' as never));
    expect(copies.find(({ isProbe }) => !isProbe)).toMatchObject({ status: 'stopped', code });
  });

  test('patient/deceased: no record leaves when the patient dies', async () => {
    await register(path, 'ana', { deceased: true });
    await arrives();
    expect(recordsLeft()).toBe(0);
    expect(await lines()).toContain(`${RECIPIENT} copy stopped patient/deceased`);
  });

  test('consent/authority-ended: none leaves when the authority ends by which it is asked for', async () => {
    const { id } = await request();
    await path.ports.requests.change(
      path.ports.keyOf('ana' as never),
      id,
      path.ports.now(),
      (each) => ({ ok: true, value: { ...each, authorityEndsAt: ENDS } }),
    );
    await arrives();
    expect(recordsLeft()).toBe(0);
    expect(await lines()).toContain(`${RECIPIENT} copy stopped consent/authority-ended`);
  });
});
