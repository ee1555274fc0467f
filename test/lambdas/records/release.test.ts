import { beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../../shared/ids.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { type Asking } from '../http-event.ts';
import { ADMIN, ANA, type HttpWorld, httpWorld, PROVIDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { register } from '../steps.ts';

const DOCUMENT = '/v1/patients/ana/record/documents/ccd-1';
const RESTRICTED = sampleCcda({ confidentiality: 'R' });
const LOOKED_AT = { sha256: sha256(RESTRICTED) };

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld({ sensitive: { mode: 'hold', documentTypes: ['11506-3'] } });
  await register(world);
  await put(RESTRICTED);
});

const put = (bytes: Uint8Array, place = DOCUMENT, type = 'application/xml') =>
  world.ask(`PUT ${place}`, { as: SYSTEM, bytes, headers: { 'content-type': type } });

const release = (asking: Asking = {}, place = DOCUMENT) =>
  world.ask(`POST ${place}/release`, { as: ADMIN, json: LOOKED_AT, ...asking });

const listed = async () =>
  (await world.ask('GET /v1/patients/ana/record', { as: SYSTEM })).body.documents;

describe('the record shows which documents are sensitive', () => {
  test('by their confidentialityCode, and by their type', async () => {
    await put(sampleCcda({ title: 'Plain' }), `${DOCUMENT}-plain`);
    const note = Buffer.from('Note');
    await put(note, `${DOCUMENT}-note?type=11506-3`, 'text/plain');
    const shown = (await listed()).map((each: Record<string, unknown>) => [
      each['documentId'],
      each['sensitive'],
      each['released'],
    ]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['ccd-1', true, false],
        ['ccd-1-plain', false, false],
        ['ccd-1-note', true, false],
      ]),
    );
  });

  test('and so does the answer to an upload', async () => {
    const { body } = await put(sampleCcda({ confidentiality: 'V' }));
    expect(body).toMatchObject({ sensitive: true, released: false });
  });
});

describe('a release', () => {
  test('by staff is shown, and kept with who gave it for which bytes', async () => {
    const answered = await release();
    expect(answered).toMatchObject({
      status: 200,
      body: { documentId: 'ccd-1', sensitive: true, released: true },
    });
    expect(await listed()).toMatchObject([{ documentId: 'ccd-1', released: true }]);
    const patient = await world.ports.patients.get('ana' as never);
    const [kept] = patient.ok ? await world.ports.records.list(patient.value.key) : [];
    expect(kept?.released).toEqual({
      sha256: sha256(RESTRICTED),
      by: ADMIN.subject,
      at: '2026-11-22T12:00:00.000Z',
    });
  });

  test('may come from a system, and names the version that was looked at in either case', async () => {
    const json = { sha256: LOOKED_AT.sha256.toUpperCase() };
    expect(await release({ as: SYSTEM, json })).toMatchObject({ status: 200 });
  });

  test('is over when other bytes come, and not when the same ones do', async () => {
    await release();
    await put(RESTRICTED);
    expect(await listed()).toMatchObject([{ released: true }]);
    await put(sampleCcda({ confidentiality: 'R', title: 'Newer' }));
    expect(await listed()).toMatchObject([{ released: false }]);
  });

  test('edge/precondition-failed: another version was looked at', async () => {
    const json = { sha256: sha256('another') };
    await expectRefused(world, 'edge/precondition-failed', () => release({ json }));
    expect(await listed()).toMatchObject([{ released: false }]);
  });

  test('record/unknown-document: there is no such document', async () => {
    await expectRefused(world, 'record/unknown-document', () => release({}, `${DOCUMENT}-none`));
  });

  test.each([
    ['record/bad-id', '/v1/patients/ana/record/documents/a%2Fb'],
    ['patient/unknown', '/v1/patients/nobody/record/documents/ccd-1'],
  ] as const)('%s', async (code, place) => {
    await expectRefused(world, code, () => release({}, place));
  });

  test.each([{}, { sha256: 'x' }, { sha256: null }, { ...LOOKED_AT, by: 'me' }])(
    'edge/malformed: %j',
    async (json) => {
      await expectRefused(world, 'edge/malformed', () => release({ json }));
    },
  );

  test.each([
    ['the patient', ANA],
    ['a provider', PROVIDER],
    ['a system that may only upload', { ...SYSTEM, scopes: ['record.write', 'record.read'] }],
  ])('edge/forbidden: to %s', async (_who, as) => {
    const scopes = as === ANA || as === PROVIDER ? ['record.release'] : as.scopes;
    await expectRefused(world, 'edge/forbidden', () => release({ as: { ...as, scopes } }));
  });
});
