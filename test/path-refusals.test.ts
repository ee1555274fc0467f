import { beforeEach, describe, expect, test } from '@jest/globals';
import { key, share, SHARE } from './lambdas/steps.ts';
import { discharge, kinds, readyToShare, revoke, transmission } from './support/one-record.ts';
import { cachedAuthority, cachedKeys, issueQuickly } from './support/pki.ts';
import { RECIPIENT, type WholePath } from './support/whole-path.ts';

let path: WholePath;

beforeEach(async () => {
  path = await readyToShare();
});

/** The recipient publishes a certificate with this defect, and no other. */
async function published(options: object): Promise<void> {
  const { certificate } = await issueQuickly(path.anchor, { address: RECIPIENT, ...options });
  publish([certificate]);
}

/** What was found when the patient shared is no longer believed. */
function publish(certificates: readonly Uint8Array[]): void {
  const records = certificates.map((data) => ({ type: 1, data }));
  path.directory.set('dr.lee.direct.clinic.example', records);
  path.ports.cache.forget();
}

describe('a copy that cannot be sent ends with its code', () => {
  test.each([
    [
      'trust/expired',
      { notBefore: new Date('2025-01-01'), notAfter: new Date('2026-11-22T11:00:00Z') },
    ],
    ['trust/wrong-address', { address: 'someone@else.example' }],
    ['trust/key-usage', { keyUsage: ['digitalSignature'] }],
  ])('%s', async (code, options) => {
    await published(options);
    await discharge(path);
    expect(await transmission(path)).toMatchObject({ status: 'failed', code });
  });

  test('trust/no-anchor: an authority that nobody configured', async () => {
    const stranger = await cachedAuthority('A stranger');
    const { certificate } = await issueQuickly(stranger, { address: RECIPIENT });
    publish([certificate]);
    await discharge(path);
    expect(await transmission(path)).toMatchObject({ status: 'failed', code: 'trust/no-anchor' });
  });

  test('discover/no-certificate: nothing is published', async () => {
    publish([]);
    await discharge(path);
    expect(await transmission(path)).toMatchObject({
      status: 'failed',
      code: 'discover/no-certificate',
    });
  });

  test('secure/no-identity: the data holder has no certificate for this sending address', async () => {
    await revoke(path);
    const asked = { ...SHARE, sendNow: false, sender: 'lab@direct.greenstreet.example' };
    expect((await share(path, { json: asked, headers: key('share-2') })).status).toBe(201);
    await discharge(path);
    expect(await transmission(path)).toMatchObject({
      status: 'failed',
      code: 'secure/no-identity',
    });
    expect(path.relay.taken).toEqual([]);
  });

  test('deliver/too-large: the message would be larger than the relay takes, and the end says by how much', async () => {
    path.relay.maxMessageBytes = 10_000;
    await discharge(path);
    const { status, code, timeline } = await transmission(path);

    expect([status, code]).toEqual(['failed', 'deliver/too-large']);
    expect(timeline.at(-1).detail).toMatch(/^\d{5} bytes, over 10000$/);
    expect(path.relay.taken).toEqual([]);
  });

  test('deliver/refused: the relay answers 5xx', async () => {
    path.relay.behave('refuses');
    await discharge(path);
    expect(await transmission(path)).toMatchObject({ status: 'failed', code: 'deliver/refused' });
  });

  test('deliver/deferred: the relay answers 4xx until the patience of the plan is over', async () => {
    path.relay.behave('defers');
    await discharge(path);
    for (let hour = 0; hour <= 25; hour += 1) {
      const at = new Date(Date.UTC(2026, 10, 22, 12 + hour, 1));
      await path.sweepAt(at.toISOString());
    }
    expect(await transmission(path)).toMatchObject({ status: 'failed', code: 'deliver/deferred' });
  });

  test('a relay that takes it at the third attempt still delivers', async () => {
    path.relay.behave('defers');
    await discharge(path);
    await path.sweepAt('2026-11-22T12:01:00Z');
    path.relay.behave('takes');
    await path.sweepAt('2026-11-22T12:06:00Z');
    await path.answer(['dispatched', 'processed']);
    const view = await transmission(path);
    expect(view).toMatchObject({ status: 'delivered' });
    expect(kinds(view).filter((kind) => kind === 'deferred')).toHaveLength(2);
  });
});

describe('a notice that is forged changes nothing', () => {
  test.each([
    [
      'trust/wrong-address: signed by another participant',
      async () => path.anchor,
      'dr.roe@direct.other.example',
    ],
    [
      'trust/no-anchor: signed under an anchor of its own',
      () => cachedAuthority('A stranger'),
      RECIPIENT,
    ],
  ])('%s', async (_, authority, signerAddress) => {
    await discharge(path);
    const signer = await issueQuickly(await authority(), {
      address: signerAddress,
      keys: await cachedKeys('forger'),
    });
    await path.answer(['processed', 'dispatched'], 0, signer);
    expect(await transmission(path)).toMatchObject({ status: 'sent' });
  });

  test('not encrypted, or not a notice at all', async () => {
    await discharge(path);
    const before = await transmission(path);
    await path.deliverMail(Buffer.from('From: a@b.example\r\nSubject: hello\r\n\r\nhello'));
    await path.deliverMail(Buffer.from([0, 1, 2, 255]));
    expect(await transmission(path)).toEqual(before);
    expect(path.queues.mail).toEqual([]);
  });
});
