import { beforeEach, describe, expect, test } from '@jest/globals';
import { RECIPIENT } from '../support/whole-path.ts';
import { failedFor, noticeWorld, reportMail, type NoticeWorld } from './notices.ts';

const MTA = 'mailer-daemon@relay.greenstreet.example';
const UNAUTHENTICATED = 'notification/unauthenticated';

let world: NoticeWorld;
beforeEach(async () => {
  world = await noticeWorld();
});

const ours = () => [`Original-Envelope-ID: ${world.envelopeId}`];

const recipient = (action: string, ...more: readonly string[]) => [
  [...more, `Final-Recipient: rfc822; ${RECIPIENT}`, `Action: ${action}`],
];

describe('a DSN that nobody signed and that gives back our ENVID', () => {
  test('deliver/bounced: ends the copy', async () => {
    const { dsn, hearPlain, facts } = world;
    expect(await hearPlain(dsn({ from: MTA, message: ours() }))).toBe('ended');
    expect((await facts()).slice(-2)).toMatchObject([
      { kind: 'bounced', code: 'deliver/bounced' },
      { kind: 'ended', end: 'failed', code: 'deliver/bounced' },
    ]);
  });

  test.each([
    ['delivered', 'delivered'],
    ['relayed', 'delivered'],
    ['delayed', 'delayed'],
  ])('`%s` is kept as %s', async (action, what) => {
    const { dsn, hearPlain, facts } = world;
    expect(await hearPlain(dsn({ message: ours(), recipients: recipient(action) }))).toBe(
      'relayed',
    );
    expect((await facts()).at(-1)).toMatchObject({ kind: 'relayed', what });
  });

  test('counts for whom our recipient’s mail went on to', async () => {
    const { dsn, hearPlain } = world;
    const elsewhere = [failedFor('lee@direct.home.example')];
    expect(await hearPlain(dsn({ message: ours(), recipients: elsewhere }))).toBe('ended');
  });

  test('notification/wrong-recipient: it was sent to somebody else', async () => {
    const { dsn, hearPlain } = world;
    const other = recipient('failed', 'Original-Recipient: rfc822; ann@direct.clinic.example');
    expect(await hearPlain(dsn({ message: ours(), recipients: other }))).toBe(
      'notification/wrong-recipient',
    );
  });

  test('twice is once', async () => {
    const { dsn, hearPlain, facts } = world;
    const message = dsn({ message: ours(), recipients: recipient('delayed') });
    await hearPlain(message);
    const before = await facts();
    expect(await hearPlain(message)).toBe('relayed');
    expect(await facts()).toEqual(before);
  });
});

const quietly = async (code: string, message: string) => {
  const before = await world.facts();
  expect(await world.hearPlain(message)).toBe(code);
  expect(await world.facts()).toEqual(before);
};

describe('nothing else that nobody signed changes anything:', () => {
  test('notification/unauthenticated: a DSN that knows our Message-ID only', () =>
    quietly(UNAUTHENTICATED, world.dsn()));

  test('notification/unauthenticated: a DSN with an ENVID that is nearly ours', () =>
    quietly(
      UNAUTHENTICATED,
      world.dsn({
        message: [
          `X-Original-Message-ID: <${world.about}>`,
          `Original-Envelope-ID: ${world.envelopeId.slice(0, -1)}`,
        ],
      }),
    ));

  test('notification/unknown-message: a DSN about something else', () =>
    quietly('notification/unknown-message', world.dsn({ message: ['Original-Envelope-ID: abc'] })));

  test('notification/no-message-id: a DSN about nothing', () =>
    quietly('notification/no-message-id', world.dsn({ message: [] })));

  test('notification/unauthenticated: an MDN, whatever it knows', () =>
    quietly(UNAUTHENTICATED, world.mdn({ about: world.envelopeId })));

  test('notification/auto-reply: an automatic reply', () =>
    quietly(
      'notification/auto-reply',
      `From: ${RECIPIENT}\r\nAuto-Submitted: auto-replied\r\nIn-Reply-To: <${world.about}>\r\n\r\nAway.\r\n`,
    ));

  test('notification/auto-reply: a receipt that it was read', () =>
    quietly('notification/auto-reply', world.mdn({ says: 'displayed' })));

  test('notification/not-a-notice: ordinary mail', () =>
    quietly('notification/not-a-notice', `From: ${RECIPIENT}\r\n\r\nThank you.\r\n`));

  test('notification/not-a-notice: a report that somebody sends on', () =>
    quietly(
      'notification/not-a-notice',
      world.dsn({ message: ours() }).replace(/multipart\/report;[^;]*;/, 'multipart/mixed;'),
    ));

  test('notification/not-a-notice: a complaint', () =>
    quietly(
      'notification/not-a-notice',
      reportMail(RECIPIENT, 'disposition-notification', [])
        .replaceAll('disposition-notification', 'feedback-report')
        .replace('\r\n\r\n\r\n--b--', `\r\n\r\nFeedback-Type: abuse\r\n\r\n--b--`),
    ));

  test('notification/not-a-notice: a report that says nothing', () =>
    quietly(
      'notification/not-a-notice',
      world.dsn({ recipients: [[`Final-Recipient: rfc822; ${RECIPIENT}`]] }),
    ));

  test('notification/too-large: a report about a thousand recipients', () =>
    quietly(
      'notification/too-large',
      world.dsn({
        message: ours(),
        recipients: Array.from({ length: 1000 }, (_, n) => failedFor(`r${n}@clinic.example`)),
      }),
    ));
});
