import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Principal } from '../shared/edge/identity/principal.ts';
import { ANA, PROVIDER } from './lambdas/http-world.ts';
import { copies, milestonesOf, postEvent, standing } from './lambdas/match-triggers/waiting.ts';
import { expectRefused } from './lambdas/refused.ts';
import { consent, key, register, share } from './lambdas/steps.ts';
import { upload } from './support/one-record.ts';
import { RECIPIENT, wholePath, type WholePath } from './support/whole-path.ts';

/** Ana is of age at midnight six hours east of Greenwich: that is six hours after the beginning. */
const OF_AGE = '2026-11-22T18:00:00.000Z';
const AUTHORITY = { ageOfMajorityYears: 18, timeZone: 'Etc/GMT-6' };
const BIRTHDAY = '2008-11-23';
const PARENT: Principal = {
  ...ANA,
  kind: 'representative',
  subject: 'parent-1',
  authority: { relationship: 'parent' },
};
const REQUESTS = '/v1/patients/ana/transmit-requests';
const ENDED = 'consent/authority-ended';
const ON_BEHALF = { method: 'written', identityCheck: 'known' };

let path: WholePath;

const asParent = (more: object = {}) =>
  share(path, {
    as: PARENT,
    json: { addresses: [RECIPIENT], frequency: 'on-update', sendNow: false },
    ...more,
  });

beforeEach(async () => {
  path = await wholePath({ authority: AUTHORITY });
  await register(path, 'ana', { birthDate: BIRTHDAY });
  await consent(path, { as: PARENT });
  await upload(path);
  await path.settle();
  await asParent();
});

const resume = async (as: Principal, json?: object) => {
  const { id } = await standing(path);
  return path.ask(`POST /v1/patients/ana/transmit-requests/${id}/resume`, {
    as,
    ...(json === undefined ? {} : { json }),
  });
};

describe('what a parent asked for', () => {
  test('is kept with the end of the authority, and so is the consent', async () => {
    expect(await standing(path)).toMatchObject({
      authorityEndsAt: OF_AGE,
      directive: {
        actor: { kind: 'representative', authority: { relationship: 'parent' } },
        authorityEndsAt: OF_AGE,
      },
    });
    const { body } = await path.ask('GET /v1/patients/ana/consents', { as: ANA });
    expect(body.consents[0]).toMatchObject({ authorityEndsAt: OF_AGE });
  });

  test('is paused when the child is of age, and that is told', async () => {
    const told = milestonesOf(path);
    await path.sweepAt('2026-11-22T17:59:59Z');
    expect((await standing(path)).status).toBe('active');
    await path.sweepAt(OF_AGE);
    expect(await standing(path)).toMatchObject({
      status: 'paused',
      paused: { code: ENDED, at: OF_AGE },
    });
    expect(told).toMatchObject([{ kind: 'transmit-request.paused', code: ENDED }]);
    await postEvent(path, { eventId: 'late', type: 'discharge' });
    await path.settle();
    expect(path.relay.taken).toEqual([]);
  });

  test('consent/authority-ended: a copy that waited is not sent, before anybody has paused anything', async () => {
    path.relay.behave('defers');
    await postEvent(path, { eventId: 'event-1', type: 'discharge' });
    await path.settle();
    path.relay.behave('takes');
    path.at(OF_AGE);
    const [line] = (await path.ask('GET /v1/patients/ana/transmissions', { as: ANA })).body
      .transmissions;
    expect((await standing(path)).status).toBe('active');
    path.queues.send.push(line.id);
    await path.settle();
    expect(path.relay.taken).toEqual([]);
    expect(await copies(path)).toEqual([['stopped', ENDED]]);
  });

  test('is no reason to send any more from that moment on', async () => {
    path.at(OF_AGE);
    await postEvent(path, { eventId: 'event-1', type: 'discharge' });
    await path.settle();
    expect(await copies(path)).toEqual([]);
  });

  test('goes on when the patient, who is of age now, says so, and then has no end', async () => {
    await path.sweepAt(OF_AGE);
    path.at('2026-11-23T09:00:00Z');
    expect((await resume(ANA)).status).toBe(200);
    const request = await standing(path);
    expect(request).toMatchObject({
      status: 'active',
      resumptions: [
        { actor: { kind: 'patient', subject: 'patient-1' }, at: '2026-11-23T09:00:00.000Z' },
      ],
    });
    expect(request).not.toHaveProperty('authorityEndsAt');
    await postEvent(path, { eventId: 'event-1', type: 'discharge' });
    await path.settle();
    await path.sweepAt('2026-11-23T12:00:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('goes on even before anybody has paused it', async () => {
    path.at(OF_AGE);
    expect((await resume(ANA)).body).toMatchObject({ status: 'active' });
  });

  test('goes on for a provider who says how the patient wants it', async () => {
    await path.sweepAt(OF_AGE);
    await expectRefused(path, 'consent/basis-missing', () => resume(PROVIDER));
    expect((await resume(PROVIDER, { onBehalf: ON_BEHALF })).status).toBe(200);
    const { id } = await standing(path);
    const { body } = await path.ask(`GET ${REQUESTS}/${id}`, { as: ANA });
    expect(body.resumptions).toMatchObject([{ actor: { kind: 'provider' }, onBehalf: ON_BEHALF }]);
  });

  test('rests on the authority of the next one who may act', async () => {
    await path.sweepAt(OF_AGE);
    const attorney = {
      ...PARENT,
      subject: 'attorney',
      authority: { relationship: 'attorney', until: '2027-01-01T00:00:00.000Z' },
    };
    expect((await resume(attorney)).status).toBe(200);
    expect((await standing(path)).authorityEndsAt).toBe('2027-01-01T00:00:00.000Z');
    await path.sweepAt('2027-01-01T00:00:00Z');
    expect(await standing(path)).toMatchObject({ status: 'paused', paused: { code: ENDED } });
  });
});

describe('whose authority has ended', () => {
  beforeEach(() => path.sweepAt(OF_AGE));

  test.each([
    ['answers', () => consent(path, { as: PARENT, headers: key('no') })],
    ['asks', () => asParent({ headers: key('more') })],
    ['resumes', () => resume(PARENT)],
    ['looks', () => path.ask(`GET ${REQUESTS}`, { as: PARENT })],
    ['reads', () => path.ask('GET /v1/patients/ana/consents', { as: PARENT })],
    ['lists', () => path.ask('GET /v1/patients/ana/transmissions', { as: PARENT })],
    ['stops', () => path.ask(`POST ${REQUESTS}/revoke-all`, { as: PARENT })],
  ])('consent/authority-ended: neither %s', async (_, call) => {
    await expectRefused(path, ENDED, call);
  });

  test('consent/authority-ended: nor sees a copy by its id', async () => {
    await resume(ANA);
    await postEvent(path, { eventId: 'event-1', type: 'discharge' });
    await path.settle();
    await path.sweepAt('2026-11-22T20:00:00Z');
    const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
    const copy = `GET /v1/transmissions/${body.transmissions[0].id}`;
    expect((await path.ask(copy, { as: ANA })).status).toBe(200);
    await expectRefused(path, ENDED, () => path.ask(copy, { as: PARENT }));
  });

  test('consent/not-accepted: and the patient does not share on what was agreed to then', async () => {
    const mine = { as: ANA, headers: key('mine') };
    await expectRefused(path, 'consent/not-accepted', () => share(path, mine));
    await consent(path);
    expect((await share(path, mine)).status).toBe(201);
  });
});

test('consent/authority-missing: a token that does not say by what somebody acts', async () => {
  const { authority: _, ...nobody } = PARENT;
  await expectRefused(path, 'consent/authority-missing', () =>
    consent(path, { as: nobody, headers: key('other') }),
  );
});
