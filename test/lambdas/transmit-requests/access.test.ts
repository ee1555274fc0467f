import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANA, BEN, type HttpWorld, httpWorld, PROVIDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consented, key, SHARE, share } from '../steps.ts';

const REQUESTS = '/v1/patients/ana/transmit-requests';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
});

describe('who may ask', () => {
  test('edge/forbidden: the path of another patient, known or not', async () => {
    const known = await expectRefused(world, 'edge/forbidden', () => share(world, { as: BEN }));
    const unknown = await expectRefused(world, 'edge/forbidden', () =>
      world.ask('POST /v1/patients/nobody/transmit-requests', {
        as: BEN,
        json: SHARE,
        headers: key('k'),
      }),
    );
    expect(known).toEqual(unknown);
  });

  test('edge/forbidden: a token without the scope, and the answer names it', async () => {
    const { headers } = await expectRefused(world, 'edge/forbidden', () =>
      share(world, { as: { ...ANA, scopes: ['request.read'] } }),
    );
    expect(headers['www-authenticate']).toBe(
      'Bearer error="insufficient_scope", scope="request.write"',
    );
  });

  test('edge/forbidden: a system does not ask for patients', async () => {
    const as = { ...SYSTEM, scopes: ['request.write'] };
    await expectRefused(world, 'edge/forbidden', () => share(world, { as }));
  });

  test('edge/forbidden: a provider whose token names another patient', async () => {
    await expectRefused(world, 'edge/forbidden', () =>
      share(world, { as: { ...PROVIDER, patients: ['ben'] } }),
    );
  });

  test('edge/unauthenticated: nothing from the authorizer', async () => {
    const { headers } = await expectRefused(world, 'edge/unauthenticated', () =>
      world.ask(`POST ${REQUESTS}`, { json: SHARE, headers: key('k') }),
    );
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  test('edge/token-expired: what the authorizer refused is answered as it said', async () => {
    const { headers } = await expectRefused(world, 'edge/token-expired', () =>
      share(world, { context: { refusal: 'edge/token-expired' } }),
    );
    expect(headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  test('patient/unknown: a patient who is not registered', async () => {
    await expectRefused(world, 'patient/unknown', () =>
      world.ask('POST /v1/patients/nobody/transmit-requests', {
        as: PROVIDER,
        json: SHARE,
        headers: key('k'),
      }),
    );
  });

  test('patient/bad-id: what is no id', async () => {
    await expectRefused(world, 'patient/bad-id', () =>
      world.ask('GET /v1/patients/a%20b/transmit-requests', { as: PROVIDER }),
    );
  });

  test.each(['req_none', `req_${'a'.repeat(26)}`])('transmit-request/unknown: %s', async (id) => {
    await expectRefused(world, 'transmit-request/unknown', () =>
      world.ask(`GET ${REQUESTS}/${id}`, { as: ANA }),
    );
  });
});
