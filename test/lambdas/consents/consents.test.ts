import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FailureCode } from '../../../shared/failures.ts';
import { type ConsentId, type PatientId, sha256 } from '../../../shared/ids.ts';
import { ANA, BEN, type HttpWorld, httpWorld, OLD_TEXT, PROVIDER, TEXT } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { ACCEPTED, consent, key, register, share } from '../steps.ts';

const REJECTED = { ...ACCEPTED, decision: 'rejected' };
const ON_BEHALF = { method: 'oral', identityCheck: 'known', witness: 'desk 4' };

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await register(world);
});

describe('the consent text', () => {
  test('of a language is its latest version, with its hash, for anybody', async () => {
    expect(await world.ask('GET /v1/consent-texts/en')).toMatchObject({
      status: 200,
      body: { language: 'en', version: '2026-06-01', text: TEXT, sha256: sha256(TEXT) },
    });
  });

  test('of every version stays readable', async () => {
    const { body } = await world.ask('GET /v1/consent-texts/en/2026-01-01');
    expect(body.text).toBe(OLD_TEXT);
  });

  test.each(['/v1/consent-texts/fr', '/v1/consent-texts/en/1999-01-01'])(
    'consent/unknown-text: %s',
    async (path) => {
      await expectRefused(world, 'consent/unknown-text', () => world.ask(`GET ${path}`));
    },
  );
});

describe('an answer', () => {
  test('of the patient is kept with the text, the time and who gave it', async () => {
    const answered = await consent(world, { json: { ...ACCEPTED, signatureName: 'Ana Rivera' } });
    expect(answered).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^con_/),
        patientId: 'ana',
        decision: 'accepted',
        text: ACCEPTED.text,
        actor: { kind: 'patient', subject: 'patient-1' },
        signatureName: 'Ana Rivera',
        at: '2026-11-22T12:00:00.000Z',
      },
    });
    expect(JSON.stringify(answered.body)).not.toContain('patientKey');
    const list = await world.ask('GET /v1/patients/ana/consents', { as: ANA });
    expect(list).toMatchObject({ status: 200, body: { consents: [answered.body] } });
  });

  test('of a provider says how the patient agreed and was known', async () => {
    const answered = await consent(world, {
      as: PROVIDER,
      json: { ...ACCEPTED, onBehalf: ON_BEHALF },
    });
    expect(answered).toMatchObject({ status: 201, body: { onBehalf: ON_BEHALF } });
  });

  test('that rejects ends nothing, and names what is still running', async () => {
    await consent(world);
    const running = (await share(world)).body.id;
    const stopped = (await share(world, { headers: key('two') })).body.id;
    await world.ask(`POST /v1/patients/ana/transmit-requests/${stopped}/revoke`, { as: ANA });
    world.at('2026-11-22T13:00:00Z');
    const answered = await consent(world, { headers: key('no'), json: REJECTED });
    expect(answered).toMatchObject({ status: 201, body: { runningRequests: [running] } });
    const request = await world.ask(`GET /v1/patients/ana/transmit-requests/${running}`, {
      as: ANA,
    });
    expect(request.body.status).toBe('active');
  });

  test('consent/too-many: a thousand; the last yes may be taken back, and a repeat is answered', async () => {
    await consent(world);
    const [one] = await world.ports.consents.list(world.ports.keyOf('ana' as PatientId));
    const copies = Array.from({ length: 998 }, (_, n) => ({
      ...one!,
      id: `con_${n}` as ConsentId,
    }));
    for (const each of copies) await world.ports.consents.add(each);
    world.at('2026-11-22T13:00:00Z');
    expect((await consent(world, { headers: key('the-last') })).status).toBe(201);
    const more = { headers: key('one-more') };
    await expectRefused(world, 'consent/too-many', () => consent(world, more));
    expect((await consent(world, { headers: key('the-last') })).status).toBe(201);
    world.at('2026-11-22T14:00:00Z');
    const no = { headers: key('no'), json: REJECTED };
    expect((await consent(world, no)).status).toBe(201);
    const again = { headers: key('no-again'), json: REJECTED };
    await expectRefused(world, 'consent/too-many', () => consent(world, again));
  });

  test('under the same key is the same answer', async () => {
    const first = await consent(world);
    world.at('2026-11-22T13:00:00Z');
    const before = world.writes();
    const again = await consent(world);
    expect(again).toEqual({
      ...first,
      headers: { ...first.headers, 'idempotency-replayed': 'true' },
    });
    expect(world.writes()).toBe(before);
  });

  test.each([
    ['another decision', REJECTED],
    ['another name', { ...ACCEPTED, signatureName: 'Somebody' }],
  ])('edge/key-reused: %s under the same key', async (_, json) => {
    await consent(world);
    await expectRefused(world, 'edge/key-reused', () => consent(world, { json }));
  });

  test.each([
    ['another decision', REJECTED],
    ['another name', { ...ACCEPTED, signatureName: 'Somebody' }],
  ])(
    'edge/key-reused: %s under the same key at the same moment, one of the two',
    async (_, json) => {
      const both = await Promise.all([consent(world), consent(world, { json })]);
      expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 422]));
      expect(both.map(({ body }) => body.code)).toContain('edge/key-reused');
    },
  );

  const { text } = ACCEPTED;
  const old = { language: 'en', version: '2026-01-01', sha256: sha256(OLD_TEXT) };
  const cases: readonly (readonly [FailureCode, string, object])[] = [
    ['consent/outdated-text', 'the text of last year', { ...ACCEPTED, text: old }],
    ['consent/outdated-text', 'a rejection of it', { ...REJECTED, text: old }],
    [
      'consent/text-mismatch',
      'another hash',
      { ...ACCEPTED, text: { ...text, sha256: old.sha256 } },
    ],
    ['consent/unknown-text', 'no such version', { ...ACCEPTED, text: { ...text, version: '3' } }],
    ['consent/unknown-text', 'no such language', { ...ACCEPTED, text: { ...text, language: 'x' } }],
    ['edge/malformed', 'neither yes nor no', { ...ACCEPTED, decision: 'maybe' }],
    ['edge/malformed', 'no text', { decision: 'accepted' }],
    ['edge/malformed', 'a line break in the name', { ...ACCEPTED, signatureName: 'Ana\nRivera' }],
    ['edge/malformed', 'a patient on behalf', { ...ACCEPTED, onBehalf: ON_BEHALF }],
  ];
  test.each(cases)('%s: %s', async (code, _, json) => {
    await expectRefused(world, code, () => consent(world, { json }));
  });

  test('consent/basis-missing: a provider who does not say how', async () => {
    await expectRefused(world, 'consent/basis-missing', () => consent(world, { as: PROVIDER }));
  });

  test('edge/key-missing: no Idempotency-Key', async () => {
    await expectRefused(world, 'edge/key-missing', () => consent(world, { headers: {} }));
  });

  test('edge/forbidden: for another patient, or read by one', async () => {
    await expectRefused(world, 'edge/forbidden', () => consent(world, { as: BEN }));
    await expectRefused(world, 'edge/forbidden', () =>
      world.ask('GET /v1/patients/ana/consents', { as: BEN }),
    );
  });

  test('patient/unknown: nobody of that id', async () => {
    await expectRefused(world, 'patient/unknown', () =>
      world.ask('POST /v1/patients/nobody/consents', {
        as: PROVIDER,
        json: { ...ACCEPTED, onBehalf: ON_BEHALF },
        headers: key('k'),
      }),
    );
  });
});
