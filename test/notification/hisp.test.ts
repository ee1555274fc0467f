import { beforeEach, describe, expect, test } from '@jest/globals';
import { RECIPIENT } from '../support/whole-path.ts';
import { failedFor, HISP, noticeWorld, type NoticeWorld } from './notices.ts';

const POSTMASTER = 'postmaster@hisp.example';
const ANOTHER = 'ann@direct.clinic.example';
const UNAUTHENTICATED = 'notification/unauthenticated';
const WRONG = 'notification/wrong-recipient';

let world: NoticeWorld;

const ours = () => [`Original-Envelope-ID: ${world.envelopeId}`];

const recipient = (action: string, address: string = RECIPIENT, original?: string) => [
  [
    ...(original === undefined ? [] : [`Original-Recipient: rfc822; ${original}`]),
    `Final-Recipient: rfc822; ${address}`,
    `Action: ${action}`,
  ],
];

/** The last facts, as far as a test cares. */
const last = async (count: number) => (await world.facts()).slice(-count);

const quietly = async (code: string, hear: () => Promise<string>) => {
  const before = await world.facts();
  expect(await hear()).toBe(code);
  expect(await world.facts()).toEqual(before);
};

describe('of a copy that a HISP was given, a mail of the HISP', () => {
  beforeEach(async () => {
    world = await noticeWorld('clear');
  });

  test.each(['processed', 'dispatched'])(
    'that is an MDN `%s` confirms the delivery',
    async (says) => {
      expect(await world.hearPlain(world.mdn({ says }), HISP)).toBe('ended');
      expect(await last(2)).toMatchObject([
        { kind: 'confirmed' },
        { kind: 'ended', end: 'delivered' },
      ]);
    },
  );

  test.each(['failed', 'denied'])(
    'notification/hisp-failed: that is an MDN `%s` ends it',
    async (says) => {
      expect(await world.hearPlain(world.mdn({ says }), HISP)).toBe('ended');
      expect(await last(2)).toMatchObject([
        { kind: 'bounced' },
        { kind: 'ended', end: 'failed', code: 'notification/hisp-failed' },
      ]);
    },
  );

  test('that is a DSN `delivered` confirms the delivery', async () => {
    const dsn = world.dsn({ from: POSTMASTER, recipients: recipient('delivered') });
    expect(await world.hearPlain(dsn, HISP)).toBe('ended');
    expect(await last(2)).toMatchObject([{ kind: 'confirmed' }, { end: 'delivered' }]);
  });

  test('deliver/bad-mailbox: that is a DSN `failed` ends it', async () => {
    const dsn = world.dsn({ from: POSTMASTER, recipients: [failedFor(RECIPIENT)] });
    expect(await world.hearPlain(dsn, HISP)).toBe('ended');
    expect(await last(2)).toMatchObject([{ kind: 'bounced' }, { kind: 'ended', end: 'failed' }]);
  });

  test.each(['relayed', 'expanded'])('that is a DSN `%s` confirms nothing', async (action) => {
    const dsn = world.dsn({ recipients: recipient(action) });
    expect(await world.hearPlain(dsn, HISP)).toBe('relayed');
    expect(await last(1)).toMatchObject([{ kind: 'relayed', what: 'taken' }]);
  });

  test('counts though the copy was sent on, if it was sent to our recipient', async () => {
    const dsn = world.dsn({ recipients: recipient('delivered', ANOTHER, RECIPIENT) });
    expect(await world.hearPlain(dsn, HISP)).toBe('ended');
  });

  test('twice is once, and after the end it is late', async () => {
    const mdn = world.mdn({ says: 'processed' });
    await world.hearPlain(mdn, HISP);
    const before = await world.facts();
    expect(await world.hearPlain(mdn, HISP)).toBe('ended');
    expect(await world.facts()).toEqual(before);
    expect(await world.hearPlain(world.mdn({ says: 'failed' }), HISP)).toBe('late-notice');
    expect(await last(1)).toMatchObject([{ disposition: 'bounced' }]);
    expect((await world.history()).facts.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
  });

  test('notification/wrong-recipient: about another, whoever wrote it', async () => {
    const elsewhere = [
      world.mdn({ finalRecipient: ANOTHER }),
      world.mdn({ originalRecipient: ANOTHER }),
      world.dsn({ recipients: recipient('delivered', ANOTHER) }),
      world.dsn({ recipients: recipient('delivered', RECIPIENT, ANOTHER) }),
      world.dsn({ message: ours(), recipients: recipient('delivered', ANOTHER) }),
    ];
    for (const mail of elsewhere) await quietly(WRONG, () => world.hearPlain(mail, HISP));
  });

  test('notification/unknown-message: about what was never sent', () =>
    quietly('notification/unknown-message', () =>
      world.hearPlain(world.mdn({ about: 'other@holder.example' }), HISP),
    ));

  test.each([
    [
      'notification/auto-reply',
      'a receipt that it was read',
      () => world.mdn({ says: 'displayed' }),
    ],
    [
      'notification/not-a-notice',
      'a report that somebody sends on',
      () => world.mdn().replace(/multipart\/report;[^;]*;/, 'multipart/mixed;'),
    ],
    ['notification/not-a-notice', 'a letter', () => `From: ${RECIPIENT}\r\n\r\nDelivered.\r\n`],
  ])('%s: that is %s says nothing', (code, _, mail) =>
    quietly(code, () => world.hearPlain(mail(), HISP)),
  );
});

describe('of a copy that a HISP was given, a mail of anybody', () => {
  beforeEach(async () => {
    world = await noticeWorld('clear');
  });

  test.each([
    ['an MDN', () => world.mdn()],
    ['an MDN that knows the ENVID', () => world.mdn({ about: world.envelopeId })],
    ['a DSN `delivered`', () => world.dsn({ recipients: recipient('delivered') })],
    ['a DSN `failed`', () => world.dsn()],
  ])('notification/unauthenticated: that is %s changes nothing', (_, mail) =>
    quietly(UNAUTHENTICATED, () => world.hearPlain(mail())),
  );

  test('confirms the delivery by a DSN that gives back the ENVID', async () => {
    const dsn = world.dsn({ message: ours(), recipients: recipient('delivered') });
    expect(await world.hearPlain(dsn)).toBe('ended');
    expect(await last(2)).toMatchObject([{ kind: 'confirmed' }, { end: 'delivered' }]);
  });

  test.each(['relayed', 'expanded'])('confirms nothing by one that says `%s`', async (action) => {
    const dsn = world.dsn({ message: ours(), recipients: recipient(action) });
    expect(await world.hearPlain(dsn)).toBe('relayed');
    expect(await last(1)).toMatchObject([{ kind: 'relayed', what: 'taken' }]);
  });

  test('confirms nothing by one about somebody to whom it went on', async () => {
    const dsn = world.dsn({ message: ours(), recipients: recipient('delivered', ANOTHER) });
    expect(await world.hearPlain(dsn)).toBe('relayed');
  });

  test('ends it by one that says `failed`', async () => {
    expect(await world.hearPlain(world.dsn({ message: ours() }))).toBe('ended');
    expect(await last(1)).toMatchObject([{ kind: 'ended', end: 'failed' }]);
  });

  test('counts when the recipient has signed it', async () => {
    expect(await world.hearSigned(world.mdn(), world.path.recipient)).toBe('ended');
    expect(await last(2)).toMatchObject([{ kind: 'processed' }, { end: 'delivered' }]);
  });

  test.each(['open', HISP] as const)(
    'trust/wrong-address: and not when another has, on the way that is %j',
    async (channel) => {
      const { holder } = world.path;
      const raw = await world.signed(world.mdn(), holder);
      await quietly('trust/wrong-address', () => world.hear(raw, channel));
    },
  );
});

describe('of a copy that we sealed, a mail of a HISP', () => {
  beforeEach(async () => {
    world = await noticeWorld();
  });

  test.each([
    ['an MDN `processed`', () => world.mdn()],
    ['an MDN `dispatched`', () => world.mdn({ says: 'dispatched' })],
    ['an MDN `failed`', () => world.mdn({ says: 'failed' })],
    ['a DSN `delivered`', () => world.dsn({ recipients: recipient('delivered') })],
    ['a DSN `failed`', () => world.dsn()],
  ])('notification/unauthenticated: that is %s changes nothing', (_, mail) =>
    quietly(UNAUTHENTICATED, () => world.hearPlain(mail(), HISP)),
  );

  test('is believed where the copy is, as from anybody, when it gives back the ENVID', async () => {
    const dsn = world.dsn({ message: ours(), recipients: recipient('delivered') });
    expect(await world.hearPlain(dsn, HISP)).toBe('relayed');
    expect(await last(1)).toMatchObject([{ kind: 'relayed', what: 'delivered' }]);
  });
});
