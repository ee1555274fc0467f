import { beforeEach, describe, expect, test } from '@jest/globals';
import type { PatientId } from '../../../shared/ids.ts';
import { ANA, type HttpWorld, httpWorld, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { MRN, PERSON, register } from '../steps.ts';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
});

describe('a registration', () => {
  test('is answered by what changed', async () => {
    expect(await register(world)).toMatchObject({ status: 201, body: { change: 'registered' } });
    expect(await register(world)).toMatchObject({ status: 200, body: { change: 'unchanged' } });
    const changed = await register(world, 'ana', { language: 'es' });
    expect(changed).toMatchObject({ status: 200, body: { patientId: 'ana', change: 'changed' } });
  });

  test('is found by its identifiers, an OID as HL7 or as FHIR writes it', async () => {
    const identifiers = [{ system: `urn:oid:${MRN.system}`, value: ` ${MRN.value} ` }, MRN];
    expect((await register(world, 'ana', { identifiers })).body.identifiers).toBe(1);
    expect(await world.ports.patients.byIdentifier(MRN)).toMatchObject({
      ok: true,
      value: { id: 'ana', name: PERSON.name },
    });
  });

  test.each([
    ['no identifier', { identifiers: [] }],
    [
      '21 identifiers',
      { identifiers: Array.from({ length: 21 }, (_, n) => ({ ...MRN, value: `${n}` })) },
    ],
    ['a system that is neither OID nor URI', { identifiers: [{ system: 'MRN', value: '1' }] }],
    ['an identifier with a line break', { identifiers: [{ ...MRN, value: '1\r\n2' }] }],
    ['no day', { birthDate: '1984-02-30' }],
    ['another sex', { sex: 'F' }],
    ['a control character in the name', { name: { family: 'Riv\u0000era', given: [] } }],
    ['no language', { language: 'English, please' }],
    ['an unknown field', { nickname: 'A' }],
  ])('edge/malformed: %s', async (_, change) => {
    await expectRefused(world, 'edge/malformed', () => register(world, 'ana', change));
  });

  test('patient/bad-id: a patient id with a slash or a blank', async () => {
    for (const id of ['a%2Fb', 'a%20b', 'x'.repeat(129)]) {
      await expectRefused(world, 'patient/bad-id', () => register(world, id));
    }
  });

  test('edge/forbidden: a patient registers nobody', async () => {
    await expectRefused(world, 'edge/forbidden', () =>
      world.ask('PUT /v1/patients/ana', { as: { ...ANA, scopes: SYSTEM.scopes }, json: PERSON }),
    );
    expect((await world.ports.patients.get('ana' as PatientId)).ok).toBe(false);
  });
});
