import { beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { MessageId } from '../../../shared/ids.ts';
import { noticeWorld, type NoticeWorld } from '../../notification/notices.ts';
import { eventsAbout, relayEvent, type EventType } from '../../notification/relay-events.ts';
import { cases } from '../../support/counts.ts';
import { discharge, readyToShare, transmission } from '../../support/one-record.ts';
import { relayDsn } from '../../support/relay-dsn.ts';
import { RECIPIENT, type WholePath } from '../../support/whole-path.ts';

let world: NoticeWorld;
let about: ReturnType<typeof eventsAbout>;
beforeEach(async () => {
  world = await noticeWorld();
  about = eventsAbout(await world.history());
});

const last = async () => (await world.facts()).at(-1);
const orphans = () => world.path.ports.metrics.of('OrphanNotice').length;
const code = () => (JSON.parse(world.path.lines.at(-1)!) as { code?: string }).code;

describe('an event of the relay about our copy', () => {
  test.each<[EventType, object]>([
    ['Send', { kind: 'relayed', what: 'taken' }],
    ['Delivery', { kind: 'relayed', what: 'delivered' }],
    ['DeliveryDelay', { kind: 'relayed', what: 'delayed' }],
    ['Bounce', { kind: 'ended', end: 'failed', code: 'deliver/bounced' }],
    ['Reject', { kind: 'ended', end: 'failed', code: 'deliver/bad-content' }],
  ])('%s adds %j', async (type, fact) => {
    await world.path.tellOf(about(type));
    expect(await last()).toMatchObject(fact);
    expect([orphans(), world.path.ports.metrics.of('Complaint')]).toEqual([0, []]);
  });

  test('deliver/suppressed: the relay does not even try', async () => {
    const event = about('Bounce') as unknown as { bounce: object };
    await world.path.tellOf({
      ...event,
      bounce: { ...event.bounce, bounceSubType: 'OnAccountSuppressionList' },
    });
    expect(await transmission(world.path)).toMatchObject({
      status: 'failed',
      code: 'deliver/suppressed',
    });
  });

  test('comes in the envelope of SNS too, and twice is once', async () => {
    const Message = JSON.stringify(about('Delivery'));
    const before = (await world.facts()).length;
    await world.path.tellOf({ Type: 'Notification', Message });
    await world.path.tellOf(about('Delivery'));
    expect(await world.facts()).toHaveLength(before + 1);
  });

  test('a complaint is counted and is no notice of delivery', async () => {
    const before = await world.facts();
    await world.path.tellOf(about('Complaint'));
    expect(await world.facts()).toEqual(before);
    expect(world.path.ports.metrics.of('Complaint')).toEqual([1]);
    expect(orphans()).toBe(0);
  });

  test('a mailbox that says by itself that its owner is away has the copy: that is no end', async () => {
    const before = await world.facts();
    const event = about('Bounce') as unknown as { bounce: object };
    const bounce = { ...event.bounce, bounceType: 'Transient', bounceSubType: 'General' };
    await world.path.tellOf({ ...event, bounce });
    expect(await world.facts()).toEqual(before);
    expect(orphans()).toBe(0);
  });

  test('notification/not-a-notice: that it was opened', async () => {
    const before = await world.facts();
    await world.path.tellOf(about('Open'));
    expect(await world.facts()).toEqual(before);
    expect([code(), orphans()]).toEqual(['notification/not-a-notice', 0]);
  });

  test('finds it without tags, by the Message-ID that it left with', async () => {
    const event = { recipient: RECIPIENT.toUpperCase(), messageId: world.about };
    await world.path.tellOf(relayEvent('Delivery', event));
    expect(await last()).toMatchObject({ kind: 'relayed', what: 'delivered' });
  });

  test('makes the relay’s own id a name of the copy', async () => {
    await world.path.tellOf(about('Send', { sesId: '0100-abc' }));
    const id = (await world.history()).transmission.id;
    expect(await world.path.ports.ledger.byName('0100-abc' as MessageId)).toEqual({
      ok: true,
      value: id,
    });
    await world.path.tellOf(relayEvent('Delivery', { recipient: RECIPIENT, sesId: '0100-abc' }));
    expect(await last()).toMatchObject({ kind: 'relayed', what: 'delivered' });
  });
});

const quietly = async (event: unknown, because: string) => {
  const before = await world.facts();
  await world.path.tellOf(event);
  expect(await world.facts()).toEqual(before);
  expect([code(), orphans()]).toEqual([because, 1]);
};

describe('an event that changes nothing is counted:', () => {
  const unknown = { transmission: 'tx_bbbbbbbbbbbbbbbbbbbbbbbbbb' };

  test.each<[string, string, () => object]>([
    [
      'notification/wrong-recipient',
      'about another address',
      () => about('Bounce', { recipient: 'x@other.example' }),
    ],
    [
      'notification/unknown-message',
      'about a transmission that there is not',
      () => about('Bounce', { tags: unknown }),
    ],
    [
      'notification/wrong-recipient',
      'whose tag and id speak of two',
      () => about('Bounce', { tags: unknown, messageId: world.about }),
    ],
    [
      'notification/unknown-message',
      'without tags, about an id that is not ours',
      () => relayEvent('Bounce', { recipient: RECIPIENT }),
    ],
  ])('%s: %s', (because, _, event) => quietly(event(), because));

  test('notification/unknown-message: about an attempt that was never begun', () =>
    quietly(about('Bounce', { attempt: 2 }), 'notification/unknown-message'));

  test.each([
    'not JSON',
    { eventType: 'Bounce' },
    { eventType: 'Bounce', mail: { messageId: 'a' } },
  ])('notification/bad-event: %j', (event) => quietly(event, 'notification/bad-event'));

  test('notification/unknown-message: about a copy that nobody has begun to hand over', async () => {
    const path = await readyToShare();
    path.directory.break('dr.lee.direct.clinic.example', 'discover/unreachable');
    path.ports.cache.forget();
    await discharge(path);
    const { id, timeline } = await transmission(path);
    expect(timeline).toMatchObject([{ kind: 'requested' }, { kind: 'deferred', attempt: 1 }]);
    await path.tellOf(relayEvent('Delivery', { recipient: RECIPIENT, tags: { transmission: id } }));
    expect((await transmission(path)).timeline).toEqual(timeline);
    expect(path.ports.metrics.of('OrphanNotice')).toEqual([1]);
  });
});

describe('whatever the relay and the recipient say, in whatever order, however often', () => {
  test('the copy is delivered once, and everything is known that was said', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], { minLength: 10 }),
        async (order) => {
          const fresh = await noticeWorld();
          const event = eventsAbout(await fresh.history());
          const mails = await fresh.path.partner.answers(
            fresh.path.relay.taken[0]!,
            [{ says: 'processed' }, { says: 'dispatched' }],
            fresh.path.ports.now(),
          );
          const told = [
            () => fresh.path.tellOf(event('Send')),
            () => fresh.path.tellOf(event('DeliveryDelay')),
            () => fresh.path.tellOf(event('Delivery')),
            ...mails.map((raw) => () => fresh.path.deliverMail(raw)),
          ];
          for (const index of order) await told[index]!();
          const kinds = (await fresh.facts()).map(({ kind }) => kind);
          expect(kinds.toSorted()).toEqual([
            'accepted',
            'dispatched',
            'ended',
            'intent',
            'processed',
            'relayed',
            'relayed',
            'relayed',
            'requested',
          ]);
          expect(await transmission(fresh.path)).toMatchObject({ status: 'delivered' });
        },
      ),
      { numRuns: cases(8) },
    );
  });
});

describe('a copy whose hand-over got no answer', () => {
  test('is settled by the relay’s word, and not sent again', async () => {
    const path = await readyToShare();
    path.relay.behave('takes-without-answer');
    await discharge(path);
    expect(await transmission(path)).toMatchObject({ status: 'uncertain' });
    const { id } = await transmission(path);
    await path.tellOf(relayEvent('Send', { recipient: RECIPIENT, tags: { transmission: id } }));
    expect(await transmission(path)).toMatchObject({ status: 'sent' });

    await path.sweepAt('2026-11-22T12:30:00Z');
    expect(path.relay.taken).toHaveLength(1);
    await path.sweepAt('2026-11-22T13:01:00Z');
    expect(await transmission(path)).toMatchObject({
      status: 'failed',
      code: 'notification/not-processed',
    });
  });

  test('deliver/bounced: is no end by the first attempt while the second may arrive, and by that it is', async () => {
    const path = await sentTwice();
    const { id } = await transmission(path);
    const bounce = (attempt: number) =>
      path.tellOf(
        relayEvent('Bounce', { recipient: RECIPIENT, tags: { transmission: id }, attempt }),
      );
    await bounce(1);
    expect(await transmission(path)).toMatchObject({ status: 'sent' });
    await bounce(2);
    expect(await transmission(path)).toMatchObject({ status: 'failed', code: 'deliver/bounced' });
  });

  test('deliver/bounced: the same by the ENVID of each attempt', async () => {
    const path = await sentTwice();
    for (const [index, status] of ['sent', 'failed'].entries()) {
      await path.deliverMail(relayDsn(path.relay.taken[index]!));
      expect(await transmission(path)).toMatchObject({ status });
    }
  });
});

/** The first attempt got no answer, the second did. */
async function sentTwice(): Promise<WholePath> {
  const path = await readyToShare();
  path.relay.behave('takes-without-answer');
  await discharge(path);
  path.relay.behave('takes');
  await path.sweepAt('2026-11-22T12:30:00Z');
  expect(path.relay.taken).toHaveLength(2);
  return path;
}
