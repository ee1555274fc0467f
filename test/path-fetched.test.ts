import { beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../shared/ids.ts';
import { done, fail, type Outcome } from '../shared/outcome.ts';
import { recordFrom } from '../shared/record/source/refresh.ts';
import { ADMIN } from './lambdas/http-world.ts';
import { consented, key, SHARE, share } from './lambdas/steps.ts';
import { sampleCcda } from './support/ccda.ts';
import { discharge, report, transmission } from './support/one-record.ts';
import { RECIPIENT, wholePath, type WholePath } from './support/whole-path.ts';

const RESTRICTED = sampleCcda({ confidentiality: 'R' });

let path: WholePath;
let has: Outcome<readonly Uint8Array[]>;

/** A patient whose record lies elsewhere, where sensitive documents wait for staff. */
beforeEach(async () => {
  path = await wholePath({ sensitive: { mode: 'hold' } });
  path.ports.refreshRecord = recordFrom({ current: async () => has }, path.ports);
  path.settings.recordSource = { kind: 'fhir' } as typeof path.settings.recordSource;
  await consented(path);
  await share(path, { json: { ...SHARE, addresses: [RECIPIENT], sendNow: false } });
  has = done([Buffer.from(RESTRICTED)]);
});

const release = () =>
  path.ask('POST /v1/patients/ana/record/documents/source-1/release', {
    as: ADMIN,
    json: { sha256: sha256(RESTRICTED) },
    headers: key('release'),
  });

describe('a sensitive document that is fetched when it is sent', () => {
  test('record/held: is held, also on the first copy, before anybody here had seen it', async () => {
    await discharge(path);
    expect(path.relay.taken).toEqual([]);
    expect(await transmission(path)).toMatchObject({
      timeline: expect.arrayContaining([expect.objectContaining({ code: 'record/held' })]),
    });
  });

  test('leaves once staff has let these bytes go, and is fetched again for it', async () => {
    await discharge(path);
    expect((await release()).status).toBe(200);
    await path.sweepAt('2026-11-22T12:20:00Z');
    await path.sweepAt('2026-11-22T12:40:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('is held again when the source has other bytes', async () => {
    await discharge(path);
    await release();
    has = done([Buffer.from(sampleCcda({ confidentiality: 'R', title: 'Another' }))]);
    await path.sweepAt('2026-11-22T12:20:00Z');
    await path.sweepAt('2026-11-22T12:40:00Z');
    expect(path.relay.taken).toEqual([]);
  });

  test('that was fetched before does not leave instead of one that cannot be fetched', async () => {
    await discharge(path);
    await release();
    has = fail('record/source-unavailable');
    await path.sweepAt('2026-11-22T12:20:00Z');
    await report(path, 'event-2');
    await path.settle();
    expect(path.relay.taken).toEqual([]);
  });
});
