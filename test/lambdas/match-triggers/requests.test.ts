import { beforeEach, describe, expect, test } from '@jest/globals';
import { addressKeyOf, type DirectAddress } from '../../../shared/ids.ts';
import type { RequestAddress } from '../../../shared/transmit-request/transmit-request.ts';
import { bodyOfRing } from '../../../shared/trigger/ring.ts';
import { addressName, PKIX } from '../../../shared/discover/dns-cert.ts';
import { readyToShare, report } from '../../support/one-record.ts';
import { RECIPIENT, type WholePath } from '../../support/whole-path.ts';
import { change, copies, DAY, milestonesOf, standing } from './waiting.ts';

let path: WholePath;

beforeEach(async () => {
  path = await readyToShare();
});

const LEE = RECIPIENT as DirectAddress;
const addressNow = async (): Promise<RequestAddress> => {
  const { addresses } = await standing(path);
  return addresses[addressKeyOf(LEE)]!;
};

/** Somebody asks that the request be looked at, as whoever sees a copy end does. */
async function ringRequest(): Promise<void> {
  const { id, patientKey } = await standing(path);
  path.queues.match.push(bodyOfRing({ kind: 'request', id, patientKey }));
  await path.settle();
}

describe('a slot of a schedule', () => {
  beforeEach(() =>
    change(path, {
      frequency: 'daily',
      schedule: { at: '08:00', timeZone: 'America/New_York' },
      nextRunAt: `${DAY}T13:00:00.000Z`,
    }),
  );

  test('sends one copy, however often it is rung for, and the next slot comes', async () => {
    await path.sweepAt(`${DAY}T12:59:59Z`);
    expect(path.relay.taken).toEqual([]);
    await path.sweepAt(`${DAY}T13:00:00Z`);
    expect(path.relay.taken).toHaveLength(1);
    expect((await standing(path)).nextRunAt).toBe('2026-11-23T13:00:00.000Z');
    for (const _ of [1, 2]) await ringRequest();
    await path.sweepAt('2026-11-23T12:00:00Z');
    expect(path.relay.taken).toHaveLength(1);
    await path.sweepAt('2026-11-23T13:00:00Z');
    expect(path.relay.taken).toHaveLength(2);
  });

  test('is one trigger when a worker dies before the schedule has moved on', async () => {
    const { requests } = path.ports;
    const changing = requests.change.bind(requests);
    requests.change = async () => {
      requests.change = changing;
      throw new Error('The worker died');
    };
    await path.sweepAt(`${DAY}T13:00:00Z`);
    expect((await standing(path)).nextRunAt).toBe(`${DAY}T13:00:00.000Z`);
    await path.sweepAt(`${DAY}T13:05:00Z`);
    expect((await standing(path)).nextRunAt).toBe('2026-11-23T13:00:00.000Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('that came while nobody looked sends one copy, not one for each day', async () => {
    await path.sweepAt('2026-11-25T20:00:00Z');
    expect(path.relay.taken).toHaveLength(1);
    expect((await standing(path)).nextRunAt).toBe('2026-11-26T13:00:00.000Z');
  });

  test('does not care how old the record is', async () => {
    await path.sweepAt('2027-01-25T13:00:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });
});

describe('a request that nobody has looked at for long', () => {
  test('is reported, then paused, and sends nothing any more', async () => {
    const told = milestonesOf(path);
    await change(path, { reviewAt: '2026-12-01T00:00:00.000Z' });
    await path.sweepAt('2026-12-01T00:00:00Z');
    expect(await standing(path)).toMatchObject({
      status: 'active',
      reviewReportedAt: '2026-12-01T00:00:00.000Z',
    });
    await path.sweepAt('2026-12-15T00:00:00Z');
    expect(await standing(path)).toMatchObject({
      status: 'paused',
      paused: { code: 'transmit-request/review-overdue' },
    });
    expect(told.map(({ kind }) => kind)).toEqual([
      'transmit-request.review-due',
      'transmit-request.paused',
    ]);
    await report(path);
    await path.settle();
    expect(await copies(path)).toEqual([]);
  });

  test('is due no more once its end date is past', async () => {
    await change(path, { until: `${DAY}T13:30:00.000Z`, reviewAt: `${DAY}T13:00:00.000Z` });
    await path.sweepAt(`${DAY}T14:00:00Z`);
    expect(await standing(path)).not.toHaveProperty('reviewAt');
  });
});

const publish = (certificates: readonly Uint8Array[]): void => {
  path.directory.set(
    addressName(LEE),
    certificates.map((data) => ({ type: PKIX, data })),
  );
  path.ports.cache.forget();
};
/** So many copies fail, and then somebody rings. */
const fail = async (times: number, from = 1): Promise<void> => {
  for (let n = from; n < from + times; n += 1) {
    await report(path, `event-${n}`);
    await path.settle();
  }
  await ringRequest();
};

describe('transmit-request/address-failing: an address to which copy after copy failed', () => {
  beforeEach(() => publish([]));

  test('is paused after the third, which is told, and is sent nothing any more', async () => {
    const told = milestonesOf(path);
    await fail(2);
    expect(await addressNow()).toMatchObject({ status: 'active' });
    await fail(1, 3);
    expect(await addressNow()).toMatchObject({
      status: 'paused',
      paused: { code: 'transmit-request/address-failing', recheckAt: '2026-11-29T12:00:00.000Z' },
    });
    expect(told).toMatchObject([
      {
        kind: 'transmit-request.paused',
        addressKey: addressKeyOf(LEE),
        code: 'transmit-request/address-failing',
      },
    ]);
    expect(path.lines.filter((line) => line.includes('address-paused'))).toHaveLength(1);
    await report(path, 'event-4');
    await path.settle();
    expect(await copies(path)).toHaveLength(3);
  });

  test('is looked at each week, and resumed when it can be reached again', async () => {
    await fail(3);
    await path.sweepAt('2026-11-29T12:00:00Z');
    expect(await addressNow()).toMatchObject({
      status: 'paused',
      paused: { recheckAt: '2026-12-06T12:00:00.000Z' },
    });
    publish([path.recipient.certificate]);
    await path.sweepAt('2026-12-06T12:00:00Z');
    expect(await addressNow()).toMatchObject({
      status: 'active',
      resumedAt: '2026-12-06T12:00:00.000Z',
    });
    await ringRequest();
    expect(await addressNow()).toMatchObject({ status: 'active' });
    await report(path, 'event-4');
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
  });

  test('is tried again after a week when a HISP takes copies to it, whatever is published', async () => {
    const routes = { 'direct.clinic.example': 'hisp+smtps://hisp.example' };
    path = await readyToShare({ relay: { routes } });
    await fail(3);
    const asked = path.directory.asked.length;
    await path.sweepAt('2026-11-29T12:00:00Z');
    expect(await addressNow()).toMatchObject({ status: 'active' });
    expect(path.directory.asked).toHaveLength(asked);
  });

  test('is looked at within the hour when nobody can tell', async () => {
    await fail(3);
    path.directory.break(addressName(LEE), 'discover/unreachable');
    path.ports.cache.forget();
    await path.sweepAt('2026-11-29T12:00:00Z');
    expect(await addressNow()).toMatchObject({ paused: { recheckAt: '2026-11-29T13:00:00.000Z' } });
  });

  test('is not paused when of its last three one was delivered', async () => {
    await fail(2);
    publish([path.recipient.certificate]);
    path.at(`${DAY}T12:00:01Z`);
    await report(path, 'good');
    await path.settle();
    await path.answer(['processed', 'dispatched']);
    publish([]);
    path.at(`${DAY}T12:00:02Z`);
    await fail(2, 3);
    expect(await addressNow()).toMatchObject({ status: 'active' });
  });
});
