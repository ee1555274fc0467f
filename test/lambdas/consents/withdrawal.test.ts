import { beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../../shared/ids.ts';
import { ANA, BEN, type HttpWorld, httpWorld, OLD_TEXT, PROVIDER } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { ACCEPTED, consent, consented, key, SHARE, share } from '../steps.ts';

const WITHDRAWN = { ...ACCEPTED, decision: 'withdrawn' };
const REQUESTS = '/v1/patients/ana/transmit-requests';
const OLD = { language: 'en', version: '2026-01-01', sha256: sha256(OLD_TEXT) };

let world: HttpWorld;
let running: string;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  running = (await share(world)).body.id;
  world.at('2026-11-22T13:00:00Z');
});

const withdraw = (more: object = {}, name = 'off') =>
  consent(world, { headers: key(name), json: WITHDRAWN, ...more });

const statusOf = async (id: string) =>
  (await world.ask(`GET ${REQUESTS}/${id}`, { as: ANA })).body.status;

describe('a withdrawal', () => {
  test('is kept as an answer, and ends all that runs', async () => {
    const before = (await share(world, { headers: key('two') })).body.id;
    await world.ask(`POST ${REQUESTS}/${before}/revoke`, { as: ANA });
    world.at('2026-11-22T14:00:00Z');
    const answered = await withdraw();
    expect(answered).toMatchObject({
      status: 201,
      body: {
        decision: 'withdrawn',
        text: ACCEPTED.text,
        revokedRequests: [running],
        inFlight: [],
      },
    });
    expect(await statusOf(running)).toBe('revoked');
    const { body } = await world.ask('GET /v1/patients/ana/consents', { as: ANA });
    expect(body.consents.map(({ decision }: { decision: string }) => decision)).toEqual([
      'withdrawn',
      'accepted',
    ]);
  });

  test('consent/not-accepted: nothing rests on what was accepted before', async () => {
    await withdraw();
    await expectRefused(world, 'consent/not-accepted', () =>
      share(world, { headers: key('again') }),
    );
  });

  test('may name a text that is not the current one; only not one that nobody published', async () => {
    expect((await withdraw({ json: { ...WITHDRAWN, text: OLD } })).status).toBe(201);
    await expectRefused(world, 'consent/text-mismatch', () =>
      withdraw({ json: { ...WITHDRAWN, text: { ...OLD, sha256: ACCEPTED.text.sha256 } } }, 'b'),
    );
  });

  test('by a provider says how the patient wants it', async () => {
    await expectRefused(world, 'consent/basis-missing', () => withdraw({ as: PROVIDER }));
    expect(await statusOf(running)).toBe('active');
    const onBehalf = { method: 'written', identityCheck: 'known' };
    expect((await withdraw({ as: PROVIDER, json: { ...WITHDRAWN, onBehalf } })).status).toBe(201);
    expect(await statusOf(running)).toBe('revoked');
  });

  test('ends, when it is said again, what a crash has left running', async () => {
    const { requests } = world.ports;
    const change = requests.change.bind(requests);
    requests.change = async () => {
      requests.change = change;
      throw new Error('The worker died');
    };
    expect((await withdraw()).status).toBe(500);
    expect(await statusOf(running)).toBe('active');
    world.at('2026-11-22T15:00:00Z');
    expect(await withdraw()).toMatchObject({ status: 201, body: { revokedRequests: [running] } });
    expect(await statusOf(running)).toBe('revoked');
  });

  test('ends nothing, said again, of what was asked for on a later yes', async () => {
    const first = await withdraw();
    world.at('2026-11-22T15:00:00Z');
    await consent(world, { headers: key('yes again') });
    world.at('2026-11-22T16:00:00Z');
    const again = (await share(world, { headers: key('new') })).body.id;
    const repeated = await withdraw();
    expect(repeated.body).toEqual(first.body);
    expect(await statusOf(again)).toBe('active');
  });

  test('may be said though a thousand answers are kept, and a mere no was the last', async () => {
    const [one] = await world.ports.consents.list(world.ports.keyOf('ana' as never));
    for (let n = 0; n < 999; n += 1) {
      await world.ports.consents.add({ ...one!, id: `con_${n}` as never });
    }
    await consent(world, { headers: key('no'), json: { ...ACCEPTED, decision: 'rejected' } });
    world.at('2026-11-22T14:00:00Z');
    expect((await withdraw()).status).toBe(201);
    await expectRefused(world, 'consent/too-many', () => withdraw({}, 'once more'));
  });
});

describe('one answer', () => {
  test('is read by its id, by whoever may act for the patient', async () => {
    const { body } = await withdraw();
    const { revokedRequests: _, inFlight: __, ...kept } = body;
    const path = `GET /v1/patients/ana/consents/${body.id}`;
    expect(await world.ask(path, { as: ANA })).toMatchObject({ status: 200, body: kept });
    expect((await world.ask(path, { as: PROVIDER })).body).toEqual(kept);
    await expectRefused(world, 'edge/forbidden', () => world.ask(path, { as: BEN }));
  });

  test.each(['con_1', `con_${'a'.repeat(26)}`])('consent/unknown: %s', async (id) => {
    await expectRefused(world, 'consent/unknown', () =>
      world.ask(`GET /v1/patients/ana/consents/${id}`, { as: ANA }),
    );
  });
});

const onBehalf = { method: 'oral', identityCheck: 'id-document', witness: 'desk 4' };
const ask = (json: object) =>
  share(world, { as: PROVIDER, json: { ...SHARE, ...json }, headers: key('provider') });
const directive = async (id: string) => {
  const requests = await world.ports.requests.list(world.ports.keyOf('ana' as never));
  return requests.find((each) => each.id === id)?.directive;
};

describe('a request of a provider', () => {
  test('consent/basis-missing: on a consent that the patient gave it says how it was asked for', async () => {
    await expectRefused(world, 'consent/basis-missing', () => ask({}));
    const { status, body } = await ask({ onBehalf });
    expect(status).toBe(201);
    expect(await directive(body.id)).toMatchObject({ onBehalf });
    const replayed = await ask({ onBehalf });
    expect([replayed.status, replayed.body.id]).toEqual([201, body.id]);
    await expectRefused(world, 'edge/key-reused', () =>
      ask({ onBehalf: { ...onBehalf, witness: 'desk 5' } }),
    );
  });

  test('rests on the consent that the same provider has just recorded', async () => {
    await consent(world, {
      as: PROVIDER,
      json: { ...ACCEPTED, onBehalf },
      headers: key('recorded'),
    });
    const { status, body } = await ask({});
    expect(status).toBe(201);
    expect(await directive(body.id)).not.toHaveProperty('onBehalf');
  });

  test('edge/malformed: a patient does not ask on behalf', async () => {
    await expectRefused(world, 'edge/malformed', () =>
      share(world, { json: { ...SHARE, onBehalf }, headers: key('p') }),
    );
  });
});
