import { beforeEach, describe, expect, test } from '@jest/globals';
import { DOMAIN, noticeWorld, type NoticeWorld } from '../../notification/notices.ts';
import { RECIPIENT } from '../../support/whole-path.ts';

let world: NoticeWorld;
beforeEach(async () => {
  world = await noticeWorld();
});

const confirmed = () => world.path.ports.domains.read(DOMAIN);
const NONE = { domain: DOMAIN, processed: 0, dispatched: 0, failed: 0 };
const AT = '2026-11-22T12:00:00.000Z';
const FINAL = ['X-DIRECT-FINAL-DESTINATION-DELIVERY:'];

const arrives = async (message: string, signer = world.path.recipient) =>
  world.path.deliverMail(await world.signed(message, signer));

describe('what the recipients of a domain confirm', () => {
  test('is counted, each notice once', async () => {
    expect(await confirmed()).toEqual(NONE);
    const { mdn } = world;
    for (let times = 0; times < 2; times += 1) {
      await arrives(mdn());
      await arrives(mdn({ says: 'dispatched', more: FINAL }));
    }
    expect(await confirmed()).toEqual({
      ...NONE,
      processed: 1,
      dispatched: 1,
      lastProcessedAt: AT,
      lastDispatchedAt: AT,
    });
  });

  test('is counted when it comes late: it says that silence there is news', async () => {
    await world.path.sweepAt('2026-11-22T13:30:00Z');
    await arrives(world.mdn());
    await arrives(world.mdn({ says: 'failed' }));
    expect(await confirmed()).toMatchObject({ processed: 1, failed: 1 });
  });

  test.each<[string, () => Promise<void>]>([
    [
      'dispatched without the field that speaks of the mailbox',
      () => arrives(world.mdn({ says: 'dispatched' })),
    ],
    ['that somebody read it', () => arrives(world.mdn({ says: 'displayed' }))],
    ['what another says', () => arrives(world.mdn(), world.path.holder)],
    [
      'what a mail server on the way says',
      () =>
        world.path.deliverMail(
          Buffer.from(world.dsn({ message: [`Original-Envelope-ID: ${world.envelopeId}`] })),
        ),
    ],
  ])('is not %s', async (_, comes) => {
    await comes();
    expect(await confirmed()).toEqual(NONE);
  });
});

test('how long the recipient took to say that it has the copy is told, once', async () => {
  const took = () => world.path.metrics.of('ProcessedInSeconds');
  world.path.at('2026-11-22T12:00:42Z');
  for (let times = 0; times < 2; times += 1) await arrives(world.mdn());
  world.path.at('2026-11-22T12:01:00Z');
  await arrives(world.mdn({ says: 'dispatched', more: FINAL }));
  expect(took()).toEqual([42]);
});

const ignored = () => {
  const { code, event } = JSON.parse(world.path.lines.at(-1)!) as Record<string, string>;
  return [event, code, world.path.ports.metrics.of('OrphanNotice').length];
};

describe('mail that is no notice of ours', () => {
  test('notification/unknown-message: is kept where it lies, and counted', async () => {
    await arrives(world.mdn({ about: 'never@direct.greenstreet.example' }));
    expect(ignored()).toEqual(['notice-ignored', 'notification/unknown-message', 1]);
    expect(world.path.mail.keys()).toEqual(['mail/0']);
    expect(world.path.queues.mail).toEqual([]);
  });

  test.each([
    ['notification/not-a-notice', `From: ${RECIPIENT}\r\n\r\nThank you.\r\n`],
    [
      'notification/auto-reply',
      `From: ${RECIPIENT}\r\nAuto-Submitted: auto-replied\r\n\r\nAway.\r\n`,
    ],
  ])('%s: ordinary mail is said in the log and not counted', async (code, message) => {
    await world.path.deliverMail(Buffer.from(message));
    expect(ignored()).toEqual(['notice-ignored', code, 0]);
  });

  test('says nothing of what stands in it to the log', async () => {
    await arrives(world.mdn({ about: 'never@direct.greenstreet.example', says: 'failed' }));
    expect(world.path.lines.join()).not.toMatch(/@|dr\.lee|never/);
  });
});
