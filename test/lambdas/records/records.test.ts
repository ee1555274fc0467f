import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FailureCode } from '../../../shared/failures.ts';
import { sha256, triggerIdOf } from '../../../shared/ids.ts';
import type { RecordDocument } from '../../../shared/record/record.ts';
import { sampleCcda, sampleCcdaText } from '../../support/ccda.ts';
import { type Asking } from '../http-event.ts';
import { ANA, type HttpWorld, httpWorld, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { MRN, register } from '../steps.ts';

const DOCUMENT = '/v1/patients/ana/record/documents/ccd-1';
const XML = { 'content-type': 'application/xml' };

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await register(world);
});

const put = (bytes: Uint8Array, more: Asking = {}, path = DOCUMENT) =>
  world.ask(`PUT ${path}`, { as: SYSTEM, bytes, headers: XML, ...more });

async function current(): Promise<readonly RecordDocument[]> {
  const patient = await world.ports.patients.get('ana' as never);
  return patient.ok ? world.ports.records.list(patient.value.key) : [];
}

const triggerOf = ({ patientKey, documentId, sha256: hash, receivedAt }: RecordDocument) =>
  world.ports.triggers.get(
    triggerIdOf('record', [patientKey, documentId, hash, receivedAt].join('/')),
  );

describe('a document', () => {
  test('becomes current byte for byte, and a reason to send', async () => {
    const bytes = sampleCcda();
    const answered = await put(bytes);
    expect(answered).toMatchObject({
      status: 201,
      body: { documentId: 'ccd-1', sha256: sha256(bytes), sizeBytes: bytes.length, change: 'new' },
    });
    const [document] = await current();
    expect(await world.recordBytes.get(document!.bytesAt)).toEqual(Uint8Array.from(bytes));
    expect(await triggerOf(document!)).toMatchObject({
      ok: true,
      value: { kind: 'record-updated', occurredAt: document!.receivedAt },
    });
    const list = await world.ask('GET /v1/patients/ana/record', { as: SYSTEM });
    expect(list.body.documents).toMatchObject([{ documentId: 'ccd-1', sha256: sha256(bytes) }]);
    expect(JSON.stringify(list.body)).not.toContain(document!.bytesAt);
    // Whoever sees the key of the bytes and guesses the id cannot tell that it was right.
    expect(document!.bytesAt).not.toContain(sha256('ccd-1').slice(0, 8));
    expect(document!.bytesAt).toMatch(
      /^documents\/pat_[a-z2-7]{52}\/[a-z2-7]{52}\/[0-9a-f]{64}\.\d{13}$/,
    );
  });

  test('may come as text, as the gateway passes it on', async () => {
    const body = sampleCcdaText();
    const answered = await world.ask(`PUT ${DOCUMENT}`, {
      as: SYSTEM,
      body,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
    });
    expect(answered).toMatchObject({ status: 201, body: { sha256: sha256(body) } });
  });

  test('lies under a key that names neither the patient nor the document', async () => {
    await put(sampleCcda());
    const [key] = world.recordBytes.keys();
    expect(key).not.toMatch(/ana\/|ccd-1/);
  });

  test('of the same bytes is no change and no new reason', async () => {
    await put(sampleCcda());
    const [before] = await current();
    const writes = world.writes();
    world.at('2026-11-22T13:00:00Z');
    expect(await put(sampleCcda())).toMatchObject({
      status: 200,
      body: { change: 'unchanged', receivedAt: before!.receivedAt },
    });
    expect(await current()).toEqual([before]);
    expect(world.writes()).toBe(writes);
  });

  test('of the same bytes mends a call that ended before the reason was kept', async () => {
    const { triggers } = world.ports;
    const lost = { ...triggers, add: () => Promise.reject(new Error('lost the table')) };
    Object.assign(world.ports, { triggers: lost });
    expect((await put(sampleCcda())).status).toBe(500);
    Object.assign(world.ports, { triggers });
    const [document] = await current();
    expect((await triggerOf(document!)).ok).toBe(false);
    world.at('2026-11-22T12:01:00Z');
    expect((await put(sampleCcda())).body.change).toBe('unchanged');
    expect((await triggerOf(document!)).ok).toBe(true);
  });

  test('that goes back to earlier bytes is a new reason', async () => {
    const versions = [sampleCcda(), sampleCcda({ title: 'Another' }), sampleCcda()];
    const triggers = new Set<string>();
    for (const [hour, bytes] of versions.entries()) {
      world.at(`2026-11-22T1${hour}:00:00Z`);
      await put(bytes);
      const trigger = await triggerOf((await current())[0]!);
      if (trigger.ok) triggers.add(trigger.value.id);
    }
    expect(triggers.size).toBe(3);
  });

  test('that is removed is not current', async () => {
    await put(sampleCcda());
    const answered = await world.ask(`DELETE ${DOCUMENT}`, { as: SYSTEM });
    expect(answered).toMatchObject({ status: 204, body: undefined });
    expect(await current()).toEqual([]);
  });
});

describe('a document that is refused', () => {
  const good = sampleCcdaText();
  const doctype = good.replace('?>', '?><!DOCTYPE x [<!ENTITY e "y">]>');
  const cases: readonly (readonly [FailureCode, string, string])[] = [
    ['record/not-well-formed', 'no XML', 'MSH|^~\\&|'],
    ['record/not-well-formed', 'nothing', ''],
    ['record/not-well-formed', 'a part', good.slice(0, 1000)],
    ['record/doctype', 'a DOCTYPE', doctype],
    ['record/not-clinical-document', 'other XML', '<feed xmlns="http://www.w3.org/2005/Atom"/>'],
    [
      'record/patient-mismatch',
      "another patient's ids",
      sampleCcdaText({ patientIds: [{ root: '2.16.840.1.113883.19.5.77', extension: 'MRN-2' }] }),
    ],
  ];
  test.each(cases)('%s: %s', async (code, _, text) => {
    await expectRefused(world, code, () => put(Buffer.from(text)));
    expect(await current()).toEqual([]);
  });

  test('patient/ambiguous: two patients hold the identifier, also beside one that is her own', async () => {
    const own = { system: '1.2.3', value: 'A-1' };
    await register(world, 'ana', { identifiers: [MRN, own] });
    await register(world, 'ben');
    const mrn = { root: MRN.system, extension: MRN.value };
    const ownId = { root: own.system, extension: own.value };
    for (const patientIds of [[mrn], [mrn, ownId], [ownId, mrn]]) {
      await expectRefused(world, 'patient/ambiguous', () => put(sampleCcda({ patientIds })));
    }
    expect((await put(sampleCcda({ patientIds: [ownId] }))).status).toBe(201);
  });

  test('record/too-many: the 201st document; one that is there is still replaced', async () => {
    await put(sampleCcda());
    const [one] = await current();
    const copies = Array.from({ length: 199 }, (_, n) => ({
      ...one!,
      documentId: `d-${n}` as never,
    }));
    await Promise.all(copies.map((each) => world.ports.records.keep(each)));
    const another = '/v1/patients/ana/record/documents/ccd-2';
    await expectRefused(world, 'record/too-many', () => put(sampleCcda(), {}, another));
    expect((await put(sampleCcda({ title: 'Newer' }))).body.change).toBe('changed');
    await world.ask('DELETE /v1/patients/ana/record/documents/d-0', { as: SYSTEM });
    expect((await put(sampleCcda(), {}, another)).status).toBe(201);
  });

  test('record/too-large: one byte over what fits inline', async () => {
    await expectRefused(world, 'record/too-large', () => put(new Uint8Array(4_400_001)));
  });

  test('record/bad-id: a document id with a slash', async () => {
    await expectRefused(world, 'record/bad-id', () =>
      put(sampleCcda(), {}, '/v1/patients/ana/record/documents/a%2Fb'),
    );
  });

  test.each([undefined, 'image/png', 'text/html', 'text/xml; charset=iso-8859-1'])(
    'edge/unsupported-media: called %s',
    async (type) => {
      const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
      await expectRefused(world, 'edge/unsupported-media', () => put(sampleCcda(), { headers }));
    },
  );

  test('patient/unknown: nobody of that id', async () => {
    await expectRefused(world, 'patient/unknown', () =>
      put(sampleCcda(), {}, '/v1/patients/nobody/record/documents/ccd-1'),
    );
  });

  test('edge/forbidden: from the patient', async () => {
    const as = { ...ANA, scopes: SYSTEM.scopes };
    await expectRefused(world, 'edge/forbidden', () => put(sampleCcda(), { as }));
  });

  test('leaves the document that was current before', async () => {
    await put(sampleCcda());
    const before = await current();
    await expectRefused(world, 'record/doctype', () => put(Buffer.from(doctype)));
    expect(await current()).toEqual(before);
  });
});
