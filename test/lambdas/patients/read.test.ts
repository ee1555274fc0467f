import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Principal } from '../../../shared/edge/identity/principal.ts';
import { ANA, BEN, type HttpWorld, httpWorld, PROVIDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { key, PERSON, register } from '../steps.ts';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
});

const GUARDIAN: Principal = { ...ANA, kind: 'representative', subject: 'rep-1' };

const read = (as: Principal, id = 'ana') => world.ask(`GET /v1/patients/${id}`, { as });

describe('a patient is read', () => {
  test.each([
    ['patient', ANA],
    ['representative', GUARDIAN],
    ['provider', PROVIDER],
  ] as const)('by a %s, who is told what a screen needs, and no more', async (caller, as) => {
    await register(world, 'ana', { language: 'es-US' });
    const { status, body } = await read(as);
    expect(status).toBe(200);
    expect(body).toEqual({
      patientId: 'ana',
      name: PERSON.name,
      language: 'es-US',
      caller,
      holder: 'Green Street Pharmacy',
    });
  });

  test('also after death', async () => {
    await register(world, 'ana', { deceased: true });
    expect((await read(GUARDIAN)).status).toBe(200);
  });

  test('patient/unknown, patient/bad-id, patient/merged', async () => {
    await expectRefused(world, 'patient/unknown', () => read(ANA));
    await expectRefused(world, 'patient/bad-id', () => read(PROVIDER, 'a%2Fb'));
    await register(world);
    await register(world, 'ben', { identifiers: [{ system: '2.999.1', value: 'B' }] });
    const merging = { as: SYSTEM, json: { from: 'ben' }, headers: key('merge') };
    await world.ask('POST /v1/patients/ana/merge', merging);
    await expectRefused(world, 'patient/merged', () => read(BEN, 'ben'));
  });

  test('edge/forbidden: of another patient, by a system, and without the scope', async () => {
    await register(world);
    for (const as of [BEN, SYSTEM, { ...ANA, scopes: ['consent.read', 'request.read'] }]) {
      await expectRefused(world, 'edge/forbidden', () => read(as));
    }
    const smart = { ...ANA, scopes: ['Patient.r', 'Patient.s'] };
    expect((await read(smart)).status).toBe(200);
  });

  test('consent/authority-ended, consent/authority-missing', async () => {
    await register(world);
    const authority = { relationship: 'guardian', until: '2026-11-22T11:59:59.000Z' };
    await expectRefused(world, 'consent/authority-ended', () => read({ ...GUARDIAN, authority }));
    world = await httpWorld({ authority: { ageOfMajorityYears: 18 } });
    await register(world);
    await expectRefused(world, 'consent/authority-missing', () => read(GUARDIAN));
  });
});
