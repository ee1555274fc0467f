import { beforeEach, describe, expect, test } from '@jest/globals';
import type { PatientId } from '../../../shared/ids.ts';
import { done, fail, type Outcome } from '../../../shared/outcome.ts';
import type { Patient } from '../../../shared/patient/patient.ts';
import { recordFrom } from '../../../shared/record/source/refresh.ts';
import { httpWorld, SYSTEM, type HttpWorld } from '../../lambdas/http-world.ts';
import { register } from '../../lambdas/steps.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { samplePdf } from '../../support/files.ts';

const titled = (title: string): Uint8Array => Buffer.from(sampleCcda({ title }));
const OTHERS = Buffer.from(sampleCcda({ patientIds: [{ root: '1.2.3', extension: 'another' }] }));

let world: HttpWorld;
let ana: Patient;
let has: Outcome<readonly Uint8Array[]>;
beforeEach(async () => {
  world = await httpWorld();
  await register(world);
  const found = await world.ports.patients.get('ana' as PatientId);
  if (!found.ok) throw new Error(found.failure.code);
  ana = found.value;
  has = done([]);
});

const refreshed = () => recordFrom({ current: async () => has }, world.ports)(ana);
const record = async () => {
  const documents = await world.ports.records.list(ana.key);
  return documents.map(({ documentId, sizeBytes }) => [documentId, sizeBytes]);
};
const ids = async () => new Set((await record()).map(([id]) => id));
const upload = (documentId: string, bytes = samplePdf()) =>
  world.ask(`PUT /v1/patients/ana/record/documents/${documentId}`, {
    as: SYSTEM,
    bytes,
    headers: { 'content-type': 'application/pdf' },
  });

describe('a record that lies elsewhere', () => {
  test('is kept as if it had been uploaded, and nothing is sent for it', async () => {
    has = done([titled('newest'), titled('the one before')]);
    const triggers: unknown[] = [];
    world.table.onChange((change) => triggers.push(change));
    expect(await refreshed()).toEqual(done(undefined));
    expect(await record()).toEqual([
      ['source-1', titled('newest').length],
      ['source-2', titled('the one before').length],
    ]);
    expect(triggers).toHaveLength(2);
    expect(JSON.stringify(triggers)).not.toContain('"trigger"');
    const [newest] = await world.ports.records.list(ana.key);
    expect(Buffer.from(await world.recordBytes.get(newest!.bytesAt))).toEqual(titled('newest'));
  });

  test('that did not change is not written again', async () => {
    has = done([titled('one')]);
    await refreshed();
    const before = world.writes();
    await refreshed();
    expect(world.writes()).toBe(before);
  });

  test('loses what the source has no more, and keeps what was uploaded beside it', async () => {
    await upload('letter');
    await upload('source-of-truth');
    has = done([titled('one'), titled('two'), titled('three')]);
    await refreshed();
    has = done([titled('three')]);
    await refreshed();
    expect(await ids()).toEqual(new Set(['letter', 'source-1', 'source-of-truth']));
    has = done([]);
    await refreshed();
    expect(await ids()).toEqual(new Set(['letter', 'source-of-truth']));
  });

  test('stays as it was when the source does not answer', async () => {
    has = done([titled('one')]);
    await refreshed();
    const before = await record();
    has = fail('record/source-unavailable');
    expect(await refreshed()).toEqual(has);
    expect(await record()).toEqual(before);
  });

  test.each([
    ['record/patient-mismatch', OTHERS],
    ['record/not-clinical-document', Buffer.from('<html/>')],
    ['record/doctype', Buffer.from(`<!DOCTYPE a>${sampleCcda().toString()}`)],
    ['record/too-large', Buffer.alloc(20 * 1024 * 1024 + 1)],
  ] as const)('%s: is refused like any other', async (code, bytes) => {
    has = done([bytes]);
    expect(await refreshed()).toMatchObject(fail(code));
    expect(await record()).toEqual([]);
  });
});
