import { beforeEach, describe, expect, test } from '@jest/globals';
import { addressKeyOf, type DirectAddress, type RequestId } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import { addressPaused } from '../../../shared/transmit-request/standing/address.ts';
import {
  pausedForReview,
  reviewReported,
} from '../../../shared/transmit-request/standing/review.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import { ANA, BEN, type HttpWorld, httpWorld, PROVIDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consented, SHARE, share } from '../steps.ts';

const REQUESTS = '/v1/patients/ana/transmit-requests';
const LEE = 'dr.lee@direct.clinic.example' as DirectAddress;
const LAB = 'lab@direct.other.example' as DirectAddress;

let world: HttpWorld;
let id: RequestId;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  id = (await share(world, { json: { ...SHARE, addresses: [LEE, LAB] } })).body.id;
});

const resume = (json?: object, more: object = {}) =>
  world.ask(`POST ${REQUESTS}/${id}/resume`, {
    as: ANA,
    ...(json === undefined ? {} : { json }),
    ...more,
  });

const revoke = () => world.ask(`POST ${REQUESTS}/${id}/revoke`, { as: ANA });
const read = async () => (await world.ask(`GET ${REQUESTS}/${id}`, { as: ANA })).body;

async function change(decide: (current: TransmitRequest, now: Date) => TransmitRequest) {
  const { keyOf, requests, now } = world.ports;
  const at = now();
  await requests.change(keyOf(ANA.patients[0] as never), id, at, (each) => done(decide(each, at)));
}

const failing = (address: DirectAddress) =>
  change((each, now) =>
    addressPaused(each, addressKeyOf(address), 'transmit-request/address-failing', now, 604_800),
  );

async function overdue(): Promise<void> {
  world.at('2027-12-22T12:00:00Z');
  await change((each, now) => reviewReported(each, now, world.settings.requests));
  expect(await read()).toMatchObject({ status: 'active', pausesAt: '2028-01-05T12:00:00.000Z' });
  world.at('2028-01-05T12:00:00Z');
  await change(pausedForReview);
}

describe('resuming a request', () => {
  test('transmit-request/review-overdue: is what a request says that nobody reviewed, until somebody resumes it', async () => {
    await overdue();
    expect(await read()).toMatchObject({
      status: 'paused',
      paused: { code: 'transmit-request/review-overdue', at: '2028-01-05T12:00:00.000Z' },
    });
    world.at('2028-02-01T09:00:00Z');
    const { status, headers, body } = await resume();
    expect([status, headers['etag']]).toEqual([200, `"${body.version}"`]);
    expect(body).toMatchObject({ status: 'active', reviewAt: '2029-03-01T09:00:00.000Z' });
    for (const gone of ['paused', 'pausesAt', 'reviewReportedAt']) {
      expect(body).not.toHaveProperty(gone);
    }
    expect(await read()).toEqual(body);
  });

  test('makes its paused addresses active as well', async () => {
    await failing(LEE);
    expect((await read()).addresses[0]).toMatchObject({
      address: LEE,
      status: 'paused',
      paused: { code: 'transmit-request/address-failing', recheckAt: '2026-11-29T12:00:00.000Z' },
    });
    const { body } = await resume({});
    expect(body.addresses).toEqual([
      { address: LEE, status: 'active', resumedAt: '2026-11-22T12:00:00.000Z' },
      { address: LAB, status: 'active' },
    ]);
  });

  test('of one address leaves the others as they are', async () => {
    await failing(LEE);
    await failing(LAB);
    const { body } = await resume({ address: 'DR.Lee@direct.clinic.example' });
    expect(body.addresses).toMatchObject([{ status: 'active' }, { status: 'paused' }]);
  });

  test('may be asked for by a provider', async () => {
    await failing(LEE);
    expect((await resume({}, { as: PROVIDER })).status).toBe(200);
  });
});

describe('what is not resumed', () => {
  test('transmit-request/not-paused: a request that runs', async () => {
    await expectRefused(world, 'transmit-request/not-paused', () => resume());
  });

  test('transmit-request/revoked: one that was stopped', async () => {
    await failing(LEE);
    await revoke();
    await expectRefused(world, 'transmit-request/revoked', () => resume());
  });

  test('transmit-request/unknown: one that is not there, or is nothing', async () => {
    for (const other of [`req_${'a'.repeat(26)}`, 'req_1']) {
      await expectRefused(world, 'transmit-request/unknown', () =>
        world.ask(`POST ${REQUESTS}/${other}/resume`, { as: ANA }),
      );
    }
  });

  test('transmit-request/unknown-address: one that it does not name', async () => {
    await expectRefused(world, 'transmit-request/unknown-address', () =>
      resume({ address: 'other@direct.clinic.example' }),
    );
  });

  test('discover/bad-address, edge/malformed: what is no address, or no such field', async () => {
    await expectRefused(world, 'discover/bad-address', () => resume({ address: 'lee' }));
    await expectRefused(world, 'edge/malformed', () => resume({ adress: LEE }));
  });

  test('edge/precondition-failed: another version than the caller has seen', async () => {
    await failing(LEE);
    await expectRefused(world, 'edge/precondition-failed', () =>
      resume({}, { headers: { 'if-match': '"1"' } }),
    );
    expect((await resume({}, { headers: { 'if-match': '"2"' } })).status).toBe(200);
  });

  test('edge/forbidden: by another patient, a system, or without the scope', async () => {
    await failing(LEE);
    const others = [BEN, SYSTEM, { ...ANA, scopes: ['request.read'] }];
    for (const as of others) {
      await expectRefused(world, 'edge/forbidden', () => resume({}, { as }));
    }
  });
});
