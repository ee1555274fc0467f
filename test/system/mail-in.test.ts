import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOLDER_ADDRESS, PARTNER_DOMAIN } from '../../infra/local/certificates/identities.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { parseDirectAddress, sha256, type MessageId } from '../../shared/ids.ts';
import { secureBytes } from '../../shared/secure/secure.ts';
import { describeWith } from '../support/needs.ts';

/** The real functions, buckets and queues: a letter is posted, and its author hears of it. */
describeWith(['java'], 'on the local system mail that is posted is read', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    const letters = { answer: 'processed-and-failed' } as const;
    system = await startLocalSystem({ settings: { letters } });
  }, 150_000);
  afterAll(() => system.close(), 30_000);

  const letterFrom = async (author: string): Promise<Uint8Array> => {
    const from = parseDirectAddress(author);
    if (!from.ok) throw new Error(from.failure.code);
    const { holder, partner } = system.identities;
    const inner = [
      `From: <${author}>`,
      `To: <${HOLDER_ADDRESS}>`,
      `Message-ID: <letter@${PARTNER_DOMAIN}>`,
      'Subject: Thank you',
      '',
      'Whom may we call?',
      '',
    ].join('\r\n');
    const outside = { from: from.value, to: HOLDER_ADDRESS, date: new Date() };
    const messageId = `letter@${PARTNER_DOMAIN}` as MessageId;
    const { bytes } = await secureBytes(
      { ...outside, messageId, inner: Buffer.from(inner) },
      partner.identity,
      [holder.identity.certificate],
    );
    return bytes;
  };

  const post = async (raw: Uint8Array) => {
    const token = await system.issuer.token({ kind: 'system' });
    const response = await fetch(`${system.apiUrl}/v1/inbound-mail`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
      body: Buffer.from(raw),
    });
    return [response.status, await response.json()];
  };

  test('and a letter among it is answered once, by the function that may send', async () => {
    const raw = await letterFrom(`anna@${PARTNER_DOMAIN}`);
    const digest = sha256(raw);
    expect(await post(raw)).toEqual([202, { sha256: digest, replayed: false }]);
    expect(await post(raw)).toEqual([202, { sha256: digest, replayed: true }]);
    const { received } = system.partner;
    while (received.length < 2) await sleep(50);
    const way = [HOLDER_ADDRESS, `anna@${PARTNER_DOMAIN}`];
    const ways = received.map(({ mailFrom, recipients }) => [mailFrom, ...recipients]);
    expect(ways).toEqual([way, way]);
    expect(received.every(({ opened }) => opened?.isNotice)).toBe(true);
    expect(new Set(received.map(({ opened }) => opened?.subject))).toEqual(
      new Set(['Processed', 'Failed']),
    );
    expect(received.flatMap(({ refusedFor }) => refusedFor)).toEqual([]);
  }, 150_000);
});
