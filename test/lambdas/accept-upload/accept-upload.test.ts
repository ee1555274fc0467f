import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SQSBatchResponse } from 'aws-lambda';
import { makeHandler } from '../../../lambdas/accept-upload/handler.ts';
import { sha256 } from '../../../shared/ids.ts';
import { UploadView } from '../../../shared/package/upload-view.ts';
import { saysOf } from '../../../shared/says-of.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { samplePdf } from '../../support/files.ts';
import { httpWorld, SYSTEM, type HttpWorld } from '../http-world.ts';
import { key as underKey, register } from '../steps.ts';

const CCDA = sampleCcda();

let world: HttpWorld;
beforeEach(async () => {
  world = await httpWorld();
  await register(world);
});

async function asked(bytes: Uint8Array, more: object = {}): Promise<string> {
  const json = {
    patientId: 'ana',
    documentId: 'ccd',
    type: 'text/xml',
    sizeBytes: bytes.length,
    sha256: sha256(bytes),
    ...more,
  };
  const { body } = await world.ask('POST /v1/records/uploads', { as: SYSTEM, json });
  return body.uploadId as string;
}

const told = (...keys: string[]) => ({
  body: JSON.stringify({ Records: keys.map((key) => ({ s3: { object: { key } } })) }),
  messageId: 'message-1',
});

const notNow = () => Promise.reject(new Error('Not now'));

const announced = (...keys: string[]): Promise<SQSBatchResponse> => announcedTo({}, ...keys);

function announcedTo(differing: object, ...keys: string[]): Promise<SQSBatchResponse> {
  const { incoming } = world.uploads;
  const handler = makeHandler({ ...world.ports, incoming, ...differing });
  return handler({ Records: [told(...keys)] } as never);
}

async function posted(bytes: Uint8Array, more: object = {}): Promise<string> {
  const id = await asked(bytes, more);
  world.uploads.objects.set(`incoming/${id}`, bytes);
  return id;
}

async function shown(id: string): Promise<UploadView> {
  const { body } = await world.ask(`GET /v1/records/uploads/${id}`, { as: SYSTEM });
  return UploadView.parse(body);
}

const record = async (): Promise<readonly unknown[]> =>
  (await world.ask('GET /v1/patients/ana/record', { as: SYSTEM })).body.documents;

const ALL_WELL: SQSBatchResponse = { batchItemFailures: [] };

describe('an object that was asked for', () => {
  test('comes into the record as if it had come with a call, and is removed', async () => {
    const id = await posted(CCDA);
    expect(await announced(`incoming/${id}`)).toEqual(ALL_WELL);
    const upload = await shown(id);
    expect(upload).toMatchObject({ status: 'accepted', document: { documentId: 'ccd' } });
    expect(await record()).toEqual([upload.document]);
    expect(world.uploads.objects.size).toBe(0);

    const put = await world.ask('PUT /v1/patients/ana/record/documents/ccd', {
      as: SYSTEM,
      bytes: CCDA,
      headers: { 'content-type': 'text/xml' },
    });
    expect(put).toMatchObject({ status: 200, body: { change: 'unchanged' } });
  });

  test('comes with its labels', async () => {
    const labels = { title: 'Letter', confidentiality: 'R' };
    const id = await posted(samplePdf(), { type: 'application/pdf', labels });
    await announced(`incoming/${id}`);
    expect(await record()).toMatchObject([{ mimeType: 'application/pdf', labels }]);
  });

  test('is one document however often it is announced, and whenever it lies there again', async () => {
    const id = await posted(CCDA);
    await announced(`incoming/${id}`);
    const writes = world.writes();
    world.uploads.objects.set(`incoming/${id}`, samplePdf());
    for (let times = 0; times < 6; times += 1) {
      expect(await announced(`incoming/${id}`)).toEqual(ALL_WELL);
    }
    expect(world.writes()).toBe(writes);
    expect(world.uploads.objects.size).toBe(0);
    expect(await shown(id)).toMatchObject({ status: 'accepted' });
  });

  test('of a patient who has been told of elsewhere meanwhile is refused', async () => {
    const id = await posted(Buffer.from(CCDA.toString().replaceAll('MRN-0001', 'MRN-0002')));
    await announced(`incoming/${id}`);
    expect(await shown(id)).toMatchObject({ status: 'refused', code: 'record/patient-mismatch' });
  });

  test('patient/merged: of a registration that was given up meanwhile, by whatever it is known', async () => {
    const id = await posted(samplePdf(), { type: 'application/pdf', documentId: 'scan' });
    await register(world, 'ben', { identifiers: [{ system: '2.16.840.1.2', value: 'B-1' }] });
    const merge = { as: SYSTEM, json: { from: 'ana' }, headers: underKey('merge-1') };
    expect((await world.ask('POST /v1/patients/ben/merge', merge)).status).toBe(200);
    await announced(`incoming/${id}`);
    expect(await shown(id)).toMatchObject({ status: 'refused', code: 'patient/merged' });
  });

  test('that is refused says why in the language of the call', async () => {
    const id = await posted(Buffer.from('<a>'));
    await announced(`incoming/${id}`);
    const { headers, body } = await world.ask(`GET /v1/records/uploads/${id}`, {
      as: SYSTEM,
      headers: { 'accept-language': 'es' },
    });
    expect(headers['content-language']).toBe('es');
    expect(body).toMatchObject({ code: 'record/not-clinical-document' });
    expect(body.detail).toBe(saysOf('record/not-clinical-document', 'es'));
  });

  test.each<[string, string, Uint8Array, object]>([
    ['record/not-as-announced', 'other bytes', Buffer.alloc(4, 'x'), { sha256: sha256('other') }],
    ['record/not-as-announced', 'fewer bytes', CCDA, { sizeBytes: CCDA.length + 1 }],
    ['record/not-as-announced', 'more bytes', CCDA, { sizeBytes: CCDA.length - 1 }],
    ['record/not-pdf', 'another type', CCDA, { type: 'application/pdf' }],
    ['record/not-clinical-document', 'no XML', Buffer.from('<a>'), {}],
  ])('%s: %s, and it is removed', async (code, _, bytes, more) => {
    const id = await posted(bytes, more);
    expect(await announced(`incoming/${id}`)).toEqual(ALL_WELL);
    const upload = await shown(id);
    expect(upload).toMatchObject({ status: 'refused', code });
    expect(upload.detail).toMatch(/\.$/);
    expect(await record()).toEqual([]);
    expect(world.uploads.objects.size).toBe(0);
  });

  test('record/not-taken-in: four attempts ended without a word', async () => {
    const id = await posted(CCDA);
    const recordBytes = { put: () => Promise.reject(new Error('The function is gone')) };
    for (let times = 0; times < 4; times += 1) {
      const { batchItemFailures } = await announcedTo({ recordBytes }, `incoming/${id}`);
      expect(batchItemFailures).toHaveLength(1);
      expect(await shown(id)).toMatchObject({ status: 'waiting' });
    }
    expect(await announced(`incoming/${id}`)).toEqual(ALL_WELL);
    expect(await shown(id)).toMatchObject({ status: 'refused', code: 'record/not-taken-in' });
    expect(world.uploads.objects.size).toBe(0);
  });

  test('whose removal failed is removed when it is announced again', async () => {
    const id = await posted(CCDA);
    const incoming = { ...world.uploads.incoming, remove: notNow };
    const { batchItemFailures } = await announcedTo({ incoming }, `incoming/${id}`);
    expect(batchItemFailures).toHaveLength(1);
    expect(await shown(id)).toMatchObject({ status: 'accepted' });
    expect(await announced(`incoming/${id}`)).toEqual(ALL_WELL);
    expect(world.uploads.objects.size).toBe(0);
  });

  test('that is gone changes nothing', async () => {
    const id = await asked(CCDA);
    expect(await announced(`incoming/${id}`)).toEqual(ALL_WELL);
    expect(await shown(id)).toMatchObject({ status: 'waiting' });
  });
});

describe('an object that nobody asked for', () => {
  test.each(['incoming/anything', `incoming/upl_${'a'.repeat(26)}`, 'incoming/', 'elsewhere/x'])(
    '%s is removed, and counted',
    async (key) => {
      world.uploads.objects.set(key, CCDA);
      expect(await announced(key)).toEqual(ALL_WELL);
      expect(world.uploads.objects.size).toBe(0);
      expect(world.metrics.of('UploadUnasked')).toEqual([1]);
    },
  );

  test('does not keep those waiting that were announced with it', async () => {
    const id = await posted(CCDA);
    await announced('incoming/anything', `incoming/${id}`);
    expect(await shown(id)).toMatchObject({ status: 'accepted' });
  });
});

test('the log names uploads by their ids, and nothing of what is in them', async () => {
  const id = await posted(Buffer.from('<a>'));
  await announced(`incoming/${id}`);
  const line = world.lines.map((each) => JSON.parse(each)).find(({ uploadId }) => uploadId);
  expect(line).toEqual({
    level: 'INFO',
    function: 'test',
    event: 'upload-refused',
    uploadId: id,
    code: 'record/not-clinical-document',
  });
});
