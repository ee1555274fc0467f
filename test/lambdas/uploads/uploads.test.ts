import { beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../../shared/ids.ts';
import { UploadView } from '../../../shared/package/upload-view.ts';
import { ADMIN, ANA, httpWorld, PROVIDER, SYSTEM, type HttpWorld } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { register } from '../steps.ts';

const UPLOADS = 'POST /v1/records/uploads';
const ANNOUNCED = {
  patientId: 'ana',
  documentId: 'ccd',
  type: 'text/xml',
  sizeBytes: 12_000_000,
  sha256: sha256('bytes') as string,
};

let world: HttpWorld;
beforeEach(async () => {
  world = await httpWorld();
  await register(world);
});

const ask = (more: object = {}) =>
  world.ask(UPLOADS, { as: SYSTEM, json: { ...ANNOUNCED, ...more } });
const show = (uploadId: string, as = SYSTEM) =>
  world.ask(`GET /v1/records/uploads/${uploadId}`, { as });

describe('asking for an upload', () => {
  test('gives a form for these bytes, for a quarter of an hour', async () => {
    const { status, headers, body } = await ask();
    expect(status).toBe(201);
    expect(headers['location']).toBe(`/v1/records/uploads/${body.uploadId}`);
    expect(body).toEqual({
      uploadId: expect.stringMatching(/^upl_[a-z2-7]{26}$/),
      url: 'https://uploads.example/',
      fields: { key: `incoming/${body.uploadId}` },
      expiresAt: '2026-11-22T12:15:00.000Z',
    });
    expect(world.uploads.signed).toEqual([
      {
        key: `incoming/${body.uploadId}`,
        contentType: 'text/xml',
        sizeBytes: 12_000_000,
        sha256: ANNOUNCED.sha256,
        seconds: 900,
      },
    ]);
  });

  test('twice gives two uploads: a form is nobody else’s', async () => {
    const [one, other] = [await ask(), await ask()];
    expect(one.body.uploadId).not.toBe(other.body.uploadId);
  });

  test('takes labels of a file, and the media type as a PUT has it', async () => {
    const { body } = await ask({
      type: 'Text/Plain; charset=UTF-8',
      labels: { title: 'Letter', type: '11488-4' },
    });
    const upload = await world.ports.uploads.get(body.uploadId);
    expect(upload).toMatchObject({
      value: { type: 'text/plain', labels: { title: 'Letter', type: { code: '11488-4' } } },
    });
    expect(world.uploads.signed[0]).toMatchObject({ contentType: 'text/plain' });
  });

  test.each([
    ['patient/unknown', { patientId: 'ben' }],
    ['patient/bad-id', { patientId: 'a b' }],
    ['record/bad-id', { documentId: 'a/b' }],
    ['record/too-large', { sizeBytes: 20 * 1024 * 1024 + 1 }],
    ['edge/unsupported-media', { type: 'image/png' }],
    ['edge/unsupported-media', { type: 'text/plain; charset=latin1' }],
    ['edge/malformed', { labels: { title: 'A CDA document says it itself' } }],
    ['edge/malformed', { type: 'application/pdf', labels: { typeDisplay: 'of no type' } }],
    ['edge/malformed', { sizeBytes: 0 }],
    ['edge/malformed', { sha256: 'uNCrBx==' }],
    ['edge/malformed', { url: 'https://elsewhere.example/' }],
  ] as const)('%s: %j', async (code, more) => {
    await expectRefused(world, code, () => ask(more));
    expect(world.uploads.signed).toEqual([]);
  });

  test('is for systems alone', async () => {
    for (const as of [ANA, PROVIDER, ADMIN]) {
      await expectRefused(world, 'edge/forbidden', () =>
        world.ask(UPLOADS, { as: { ...as, scopes: ['record.write'] }, json: ANNOUNCED }),
      );
    }
  });
});

describe('an upload', () => {
  test('waits until its time and a little more is over', async () => {
    const { body } = await ask();
    for (const [at, status] of [
      ['2026-11-22T12:29:59Z', 'waiting'],
      ['2026-11-22T12:30:00Z', 'expired'],
    ] as const) {
      world.at(at);
      const shown = await show(body.uploadId);
      expect(shown).toMatchObject({ status: 200, body: { uploadId: body.uploadId, status } });
      expect(UploadView.parse(shown.body)).toEqual(shown.body);
    }
  });

  test('is unknown to every other system, and to nobody', async () => {
    const { body } = await ask();
    const other = { ...SYSTEM, subject: 'system-2' };
    await expectRefused(world, 'record/unknown-upload', () => show(body.uploadId, other));
    await expectRefused(world, 'record/unknown-upload', () => show(`upl_${'a'.repeat(26)}`));
    await expectRefused(world, 'record/unknown-upload', () => show('another'));
  });
});
