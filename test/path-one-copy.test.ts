import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANA, type Answered, SYSTEM } from './lambdas/http-world.ts';
import { consented, key, MRN, register, share } from './lambdas/steps.ts';
import { upload } from './support/one-record.ts';
import { RECIPIENT, wholePath, type WholePath } from './support/whole-path.ts';

const REQUESTS = '/v1/patients/ana/transmit-requests';
const OTHER = 'dr.kim@direct.clinic.example';
const EXECUTOR = { ...ANA, kind: 'representative' as const, subject: 'representative-1' };

let path: WholePath;

/** One copy is asked for while there is no record yet, so that it waits. */
beforeEach(async () => {
  path = await wholePath();
  await consented(path);
  await register(path, 'second', { identifiers: [{ ...MRN, value: 'MRN-0002' }] });
  await share(path, { json: { addresses: [RECIPIENT], frequency: 'once' } });
});

const only = async (): Promise<Answered['body']> => {
  const { body } = await path.ask(`GET ${REQUESTS}`, { as: ANA });
  return body.transmitRequests[0];
};

const resume = async (as = ANA) =>
  path.ask(`POST ${REQUESTS}/${(await only()).id}/resume`, { as, json: {} });

const merge = () =>
  path.ask('POST /v1/patients/ana/merge', {
    as: SYSTEM,
    json: { from: 'second' },
    headers: key('merge'),
  });

const died = () => register(path, 'ana', { deceased: true });

const statuses = async (): Promise<readonly string[]> => {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  return body.transmissions.map(({ status }: Answered['body']) => status);
};

describe('the one copy of a request that was paused before it was opened', () => {
  test.each([
    ['while it waited for the record', true, merge, ANA],
    ['before anybody looked at it', false, merge, ANA],
    ['because the patient died', true, died, EXECUTOR],
  ])('%s, goes when somebody lets it go on', async (_, waits, goes, who) => {
    if (waits) await path.settle();
    expect((await goes()).status).toBe(200);
    await upload(path);
    await path.settle();
    await path.sweepAt('2026-11-22T14:00:00Z');
    expect(path.relay.taken).toEqual([]);
    expect((await resume(who)).status).toBe(200);
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
    expect(await only()).toMatchObject({ servedAt: '2026-11-22T14:00:00.000Z' });
  });

  test('goes once, when it was let go on before its time had come', async () => {
    await path.settle();
    await merge();
    await resume();
    await path.settle();
    await upload(path);
    await path.settle();
    await path.sweepAt('2026-11-22T12:30:00Z');
    expect(await statuses()).toEqual(['sent']);
  });

  test('is not asked for again by who lets one go on that sends again and again', async () => {
    const json = { addresses: [RECIPIENT], frequency: 'on-update', sendNow: false };
    await path.ask(`POST ${REQUESTS}/${(await only()).id}/revoke`, { as: ANA });
    await upload(path);
    await path.settle();
    path.at('2026-11-22T12:30:00Z');
    const { body } = await share(path, { json, headers: key('again') });
    await merge();
    await path.ask(`POST ${REQUESTS}/${body.id}/resume`, { as: ANA });
    await path.settle();
    expect(await statuses()).toEqual([]);
  });
});

test('an address that is added to it while it waits gets the one copy too, and no other is made', async () => {
  await path.settle();
  const { id, version } = await only();
  const amended = await path.ask(`PATCH ${REQUESTS}/${id}`, {
    as: ANA,
    json: { addresses: [RECIPIENT, OTHER], sendNow: true },
    headers: { 'content-type': 'application/merge-patch+json', 'if-match': `"${version}"` },
  });
  expect(amended.status).toBe(200);
  await path.settle();
  await upload(path);
  await path.settle();
  await path.sweepAt('2026-11-22T14:00:00Z');
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  expect(body.transmissions.map(({ address }: Answered['body']) => address).toSorted()).toEqual([
    OTHER,
    RECIPIENT,
  ]);
});
