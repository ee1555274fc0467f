import { beforeEach, describe, expect, test } from '@jest/globals';
import { type HttpWorld, httpWorld, ANA, BEN, PROVIDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { ACCEPTED, consented, key, MRN, register, SHARE, share } from '../steps.ts';

const OTHER = { ...MRN, value: 'MRN-0002' };
const BEN_ASKS = { as: BEN, headers: key('ben') };

let world: HttpWorld;

/** Ana, and a second registration of hers under `ben`; each consented. */
beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  await register(world, 'ben', { identifiers: [OTHER] });
  await world.ask('POST /v1/patients/ben/consents', { ...BEN_ASKS, json: ACCEPTED });
});

const merge = (into = 'ana', from: unknown = 'ben', more: object = {}) =>
  world.ask(`POST /v1/patients/${into}/merge`, {
    as: SYSTEM,
    json: { from },
    headers: key(`merge ${into} ${String(from)}`),
    ...more,
  });

const bensShare = () =>
  world.ask('POST /v1/patients/ben/transmit-requests', { ...BEN_ASKS, json: SHARE });

const requestsOf = async (id = 'ana', as = ANA) =>
  (await world.ask(`GET /v1/patients/${id}/transmit-requests`, { as })).body.transmitRequests;

const post = (patient: object) =>
  world.ask('POST /v1/events', {
    as: SYSTEM,
    json: {
      eventId: JSON.stringify(patient),
      type: 'discharge',
      occurredAt: '2026-11-22T11:00:00Z',
      ...patient,
    },
  });

describe('a merge', () => {
  test('pauses the requests of both, and says which', async () => {
    const [hers, other] = [await share(world), await bensShare()];
    expect(await merge()).toMatchObject({
      status: 200,
      body: {
        patientId: 'ana',
        from: 'ben',
        change: 'merged',
        paused: [hers.body.id],
        leftBehind: [other.body.id],
      },
    });
    expect(await requestsOf()).toMatchObject([
      { status: 'paused', paused: { code: 'patient/merged' } },
    ]);
  });

  test('is told like every pause', async () => {
    const { body } = await share(world);
    const told: unknown[] = [];
    world.table.onChange(({ newImage }) => told.push(newImage));
    await merge();
    const milestones = told.map((each) => JSON.stringify(each));
    expect(milestones.find((each) => each.includes('transmit-request.paused'))).toContain(body.id);
  });

  test('lets nothing follow from an event, until somebody who may ask resumes the request', async () => {
    const { body } = await share(world);
    await merge();
    expect((await post({ patientId: 'ana' })).body.results[0].requests).toBe(0);
    const path = `POST /v1/patients/ana/transmit-requests/${body.id}/resume`;
    expect((await world.ask(path, { as: ANA })).body.status).toBe('active');
    expect((await post({ patientIdentifier: OTHER })).body.results[0].requests).toBe(1);
  });

  test('done again it changes nothing: what was resumed goes on', async () => {
    const { body } = await share(world);
    await merge();
    await world.ask(`POST /v1/patients/ana/transmit-requests/${body.id}/resume`, { as: ANA });
    const again = await merge('ana', 'ben', { headers: key('another key') });
    expect(again).toMatchObject({ status: 200, body: { change: 'unchanged', paused: [] } });
    expect(await requestsOf()).toMatchObject([{ status: 'active' }]);
  });

  test('makes events under the id and the identifiers that were given up events of the survivor', async () => {
    await share(world);
    await merge();
    const { body } = await share(world, { headers: key('after the merge') });
    expect(body.status).toBe('active');
    for (const patient of [{ patientId: 'ben' }, { patientIdentifier: OTHER }]) {
      expect((await post(patient)).body.results[0].requests).toBe(1);
    }
  });

  test('lets the survivor ask anew, and nobody under the id that was given up', async () => {
    await merge();
    expect((await share(world)).status).toBe(201);
    await expectRefused(world, 'patient/merged', bensShare);
    for (const [route, as] of [
      ['PUT /v1/patients/ben/record/documents/ccd', SYSTEM],
      ['GET /v1/patients/ben/transmit-requests', BEN],
      ['GET /v1/patients/ben/transmissions', BEN],
      ['GET /v1/patients/ben/consents', PROVIDER],
    ] as const) {
      const answered = await world.ask(route, {
        as,
        body: '<ClinicalDocument xmlns="urn:hl7-org:v3"/>',
        headers: { 'content-type': 'text/xml' },
      });
      expect([route, answered.status, answered.body.code]).toEqual([route, 410, 'patient/merged']);
    }
    await expectRefused(world, 'patient/merged', () => register(world, 'ben'));
  });

  test('works along a chain', async () => {
    await register(world, 'cyd', { identifiers: [{ ...MRN, value: 'MRN-0003' }] });
    await merge('ana', 'ben');
    expect((await merge('cyd', 'ana')).body.change).toBe('merged');
    expect(await world.ports.patients.byIdentifier(OTHER)).toMatchObject({ value: { id: 'cyd' } });
    expect((await post({ patientId: 'ben' })).body.results[0].result).toBe('accepted');
  });
});

describe('a merge is refused', () => {
  test('patient/same, patient/merged, patient/merged-elsewhere, patient/unknown', async () => {
    await expectRefused(world, 'patient/same', () => merge('ana', 'ana'));
    await expectRefused(world, 'patient/unknown', () => merge('ana', 'nobody'));
    await expectRefused(world, 'patient/unknown', () => merge('nobody', 'ana'));
    await merge();
    await expectRefused(world, 'patient/merged', () => merge('ben', 'ana'));
    await register(world, 'cyd', { identifiers: [{ ...MRN, value: 'MRN-0003' }] });
    await expectRefused(world, 'patient/merged-elsewhere', () => merge('cyd', 'ben'));
  });

  test('and then pauses nothing', async () => {
    await share(world);
    await register(world, 'ben', {
      identifiers: Array.from({ length: 20 }, (_, n) => ({ ...MRN, value: `b${n}` })),
    });
    await register(world, 'cyd', {
      identifiers: Array.from({ length: 20 }, (_, n) => ({ ...MRN, value: `c${n}` })),
    });
    await merge('cyd', 'ben');
    await expectRefused(world, 'patient/too-many-identifiers', () => merge('ana', 'cyd'));
    expect(await requestsOf()).toMatchObject([{ status: 'active' }]);
  });

  test.each([
    ['no id', {}],
    ['a number', { from: 1 }],
    ['nothing', { from: '' }],
    ['more than that', { from: 'ben', to: 'ana' }],
  ])('edge/malformed: %s', async (_, json) => {
    await expectRefused(world, 'edge/malformed', () => merge('ana', '', { json }));
  });

  test('patient/bad-id, edge/key-missing, edge/forbidden', async () => {
    await expectRefused(world, 'patient/bad-id', () => merge('ana', 'b n'));
    await expectRefused(world, 'edge/key-missing', () => merge('ana', 'ben', { headers: {} }));
    const scopes = SYSTEM.scopes;
    await expectRefused(world, 'edge/forbidden', () =>
      merge('ana', 'ben', { as: { ...ANA, scopes } }),
    );
  });
});
