import { describe, expect, test } from '@jest/globals';
import { Webhook as Receiver } from 'standardwebhooks';
import type { WebhookId } from '../../../shared/ids.ts';
import { messageOf } from '../../../shared/report/webhook/message.ts';
import { secretOf } from '../../../shared/report/webhook/secret.ts';
import { delivery, report, webhook } from '../../contracts/stores/samples.ts';

const MASTER = 'the master secret';
/** The library reads its own clock. */
const NOW = new Date();
const ONE = webhook('whk_1');
const TOLD = delivery('whd_1', 0, { report: report({ clientReference: 'Besuch №7 "x"' }) });

const received = (secret: string, { body, headers }: ReturnType<typeof messageOf>) =>
  new Receiver(secret).verify(body, headers);

describe('the secret of a webhook', () => {
  test('is whsec_ and 32 bytes, the same each time', () => {
    const secret = secretOf(ONE, MASTER);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(secretOf({ ...ONE, url: 'https://elsewhere.example' } as never, MASTER)).toBe(secret);
  });

  test('is its own: of the webhook, the generation and the master secret', () => {
    const others = [
      secretOf(ONE, MASTER),
      secretOf({ ...ONE, id: 'whk_2' as WebhookId }, MASTER),
      secretOf({ ...ONE, secretGeneration: 2 }, MASTER),
      secretOf({ ...ONE, createdAt: NOW.toISOString() }, MASTER),
      secretOf(ONE, 'another master secret'),
    ];
    expect(new Set(others).size).toBe(5);
  });
});

describe('a message, read by the library of Standard Webhooks,', () => {
  test('is genuine, and says what the report says', () => {
    const { type, at, ...data } = TOLD.report;
    expect(received(secretOf(ONE, MASTER), messageOf(TOLD, ONE, MASTER, NOW))).toEqual({
      type,
      timestamp: at,
      data,
    });
  });

  test('is known by the delivery, and timed by the attempt', () => {
    const { headers } = messageOf(TOLD, ONE, MASTER, NOW);
    expect(headers).toEqual({
      'content-type': 'application/json',
      'webhook-id': 'whd_1',
      'webhook-timestamp': String(Math.floor(NOW.getTime() / 1000)),
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    });
  });

  test.each([
    ['another secret', secretOf(webhook('whk_2'), MASTER), {}],
    ['another id', secretOf(ONE, MASTER), { headers: { 'webhook-id': 'whd_2' } }],
    ['another body', secretOf(ONE, MASTER), { body: '{}' }],
  ])('is refused under %s', (_, secret, differing: { headers?: object; body?: string }) => {
    const message = messageOf(TOLD, ONE, MASTER, NOW);
    const forged = {
      ...message,
      ...differing,
      headers: { ...message.headers, ...differing.headers },
    };
    expect(() => received(secret, forged)).toThrow(/No matching signature/);
  });

  test('is signed with both secrets while one is replaced, and no longer', () => {
    const until = (ms: number) => new Date(NOW.getTime() + ms).toISOString();
    const replaced = { ...ONE, secretGeneration: 2 };
    const [old, next] = [secretOf(ONE, MASTER), secretOf(replaced, MASTER)];

    const during = messageOf(TOLD, { ...replaced, previousSecretUntil: until(1) }, MASTER, NOW);
    expect(during.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(received(old, during)).toEqual(received(next, during));

    const after = messageOf(TOLD, { ...replaced, previousSecretUntil: until(0) }, MASTER, NOW);
    expect(received(next, after)).toBeDefined();
    expect(() => received(old, after)).toThrow(/No matching signature/);
  });

  test('is the same for the same report, whenever it is tried', () => {
    const later = messageOf(TOLD, ONE, MASTER, new Date(NOW.getTime() + 60_000));
    const { body, headers } = messageOf(TOLD, ONE, MASTER, NOW);
    expect(later.body).toBe(body);
    expect(later.headers['webhook-id']).toBe(headers['webhook-id']);
    expect(later.headers['webhook-signature']).not.toBe(headers['webhook-signature']);
  });
});
