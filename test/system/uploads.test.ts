import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { PARTNER_DOMAIN } from '../../infra/local/certificates/identities.ts';
import { callerAs, type Caller } from '../../infra/local/api-client.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS, sampleRecord } from '../../infra/local/sample/record.ts';
import { sha256 } from '../../shared/ids.ts';
import { UploadView } from '../../shared/package/upload-view.ts';
import { MAX_DOCUMENT_BYTES } from '../../shared/record/intake.ts';
import { eventually } from '../local/fixture.ts';
import { describeWith } from '../support/needs.ts';
import { newSharer } from './share.ts';

const Form = z.object({
  uploadId: z.string(),
  url: z.url(),
  fields: z.record(z.string(), z.string()),
});

/** A record with an image in it, as long as is taken. */
function largestRecord(): Uint8Array {
  const text = Buffer.from(sampleRecord(SAMPLE_PATIENTS.ana)).toString();
  const at = text.lastIndexOf('</structuredBody>');
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const section = ['<component><section><text>', '</text></section></component>'] as const;
  const room = MAX_DOCUMENT_BYTES - Buffer.byteLength(text) - section.join('').length;
  const image = randomBytes(Math.floor(room / 4) * 3).toString('base64');
  return Buffer.from(`${before}${section[0]}${image}${section[1]}${after}`);
}

async function post({ url, fields }: z.output<typeof Form>, bytes: Uint8Array): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Uint8Array.from(bytes)]));
  return (await fetch(url, { method: 'POST', body: form })).status;
}

describeWith(['java', 'time'], 'a document that is too large for a call', () => {
  let system: LocalSystem;
  let ehr: Caller;
  beforeAll(async () => {
    system = await startLocalSystem({ minuteLastsSeconds: 1 });
    ehr = await callerAs(system, { kind: 'system' });
  }, 150_000);
  afterAll(() => system?.close(), 30_000);

  const asked = (patientId: string, bytes: Uint8Array) =>
    ehr.call('POST /v1/records/uploads', Form, {
      patientId,
      documentId: 'summary',
      type: 'text/xml',
      sizeBytes: bytes.length,
      sha256: sha256(bytes),
    });

  const ended = (uploadId: string): Promise<UploadView> =>
    eventually(async () => {
      const view = await ehr.call(`GET /v1/records/uploads/${uploadId}`, UploadView);
      return view.status !== 'waiting' && view;
    }, 60);

  test('comes by the bucket into the record, and goes to whom the patient chose, byte for byte', async () => {
    const sharer = await newSharer(system);
    const bytes = largestRecord();
    const form = await asked(sharer.patientId, bytes);
    expect(await post(form, bytes)).toBe(204);
    expect(await ended(form.uploadId)).toMatchObject({
      status: 'accepted',
      document: { documentId: 'summary', sizeBytes: bytes.length },
    });

    const copies = await sharer.copies(await sharer.share(`dr.lopez@${PARTNER_DOMAIN}`));
    expect(copies).toMatchObject([{ status: 'delivered' }]);
    const { opened, problems } = system.partner.received.at(-1) ?? {};
    expect(problems).toEqual([]);
    const [document] = opened?.xdm?.documents ?? [];
    expect(Buffer.compare(document?.bytes ?? new Uint8Array(), bytes)).toBe(0);
  }, 150_000);

  test('of another patient is refused, and the one that asked for it is told', async () => {
    const bytes = sampleRecord(SAMPLE_PATIENTS.samuel);
    const form = await asked(SAMPLE_PATIENTS.ana.id, bytes);
    expect(await post(form, bytes)).toBe(204);
    expect(await ended(form.uploadId)).toMatchObject({
      status: 'refused',
      code: 'record/patient-mismatch',
    });
  }, 90_000);

  test('is not taken by the bucket when it is not the one that was announced', async () => {
    const bytes = sampleRecord(SAMPLE_PATIENTS.ana);
    const form = await asked(SAMPLE_PATIENTS.ana.id, bytes);
    expect(await post(form, Buffer.from(bytes).fill('x', 900, 901))).toBe(400);
  });
});
