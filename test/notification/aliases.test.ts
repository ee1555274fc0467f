import { beforeEach, describe, expect, test } from '@jest/globals';
import { encryptEntity, signEntity } from '../secure/support/entities.ts';
import { issueQuickly } from '../support/pki.ts';
import { RECIPIENT } from '../support/whole-path.ts';
import { DOMAIN, failedFor, noticeWorld, type NoticeWorld } from './notices.ts';

const ANN = `ann@${DOMAIN}`;
const BOB = `bob@${DOMAIN}`;
const ELSEWHERE = 'lee@direct.home.example';
const POSTMASTER = `postmaster@${DOMAIN}`;
const WRONG = 'notification/wrong-recipient';

let world: NoticeWorld;
beforeEach(async () => {
  world = await noticeWorld();
});

describe('another Final-Recipient, signed with the key of our recipient’s own mailbox,', () => {
  test('counts: it says where its mail went', async () => {
    const { mdn, hearSigned, path } = world;
    expect(
      await hearSigned(mdn({ from: RECIPIENT, finalRecipient: ELSEWHERE }), path.recipient),
    ).toBe('processed');
  });

  test('notification/wrong-recipient: it was sent to somebody else', async () => {
    const { mdn, hearSigned, path } = world;
    const message = mdn({ finalRecipient: RECIPIENT, originalRecipient: ELSEWHERE });
    expect(await hearSigned(message, path.recipient)).toBe(WRONG);
  });
});

describe('another Final-Recipient under the certificate of our recipient’s domain', () => {
  test('counts when our recipient itself says so', async () => {
    const { mdn, hearSigned } = world;
    expect(await hearSigned(mdn({ from: RECIPIENT, finalRecipient: ELSEWHERE }))).toBe('processed');
  });

  test('counts when it speaks for itself, of what was sent to our recipient', async () => {
    const { mdn, hearSigned } = world;
    const message = mdn({ finalRecipient: BOB, originalRecipient: RECIPIENT.toUpperCase() });
    expect(await hearSigned(message)).toBe('processed');
  });

  test.each<[string, string, string | undefined]>([
    ['it does not say what was sent to whom', BOB, undefined],
    ['it was sent to another', BOB, ANN],
    ['another speaks for it', ANN, RECIPIENT],
    ['the postmaster speaks for it', POSTMASTER, RECIPIENT],
  ])('notification/wrong-recipient: %s', async (_, from, originalRecipient) => {
    const { mdn, hearSigned } = world;
    const original = originalRecipient === undefined ? {} : { originalRecipient };
    expect(await hearSigned(mdn({ from, finalRecipient: BOB, ...original }))).toBe(WRONG);
  });

  test('notification/wrong-recipient: from another domain, signed by ours', async () => {
    const { mdn, hearSigned } = world;
    const message = mdn({ finalRecipient: ELSEWHERE, originalRecipient: RECIPIENT });
    expect(await hearSigned(message)).toBe(WRONG);
  });

  test('notification/wrong-recipient: another in From outside', async () => {
    const { mdn, hearSigned } = world;
    const message = mdn({ finalRecipient: BOB, originalRecipient: RECIPIENT });
    expect(await hearSigned(message, world.service, ANN)).toBe(WRONG);
  });

  test('notification/wrong-recipient: nobody signed the header that names its author', async () => {
    const { mdn, path } = world;
    const message = mdn({ finalRecipient: BOB, originalRecipient: RECIPIENT });
    const entity = Buffer.from(message.slice(message.indexOf('Content-Type')), 'latin1');
    const signed = await signEntity(entity, world.service, path.ports.now());
    const raw = encryptEntity(signed, [path.holder.certificate], {}, `From: ${BOB}\r\n`);
    expect(await world.hear(raw)).toBe(WRONG);
  });

  test('trust/wrong-address: signed by the domain to which our recipient forwards', async () => {
    const { mdn, hearSigned, path } = world;
    const home = await issueQuickly(path.anchor, { address: ELSEWHERE });
    const message = mdn({ finalRecipient: ELSEWHERE, originalRecipient: RECIPIENT });
    expect(await hearSigned(message, home)).toBe('trust/wrong-address');
  });
});

const to = (address: string, action: string) => [
  `Original-Recipient: rfc822; ${RECIPIENT}`,
  `Final-Recipient: rfc822; ${address}`,
  `Action: ${action}`,
];

describe('a group of mailboxes', () => {
  test('the first dispatched of several delivers, the others are kept as late', async () => {
    const { mdn, hearSigned, facts } = world;
    const from = (finalRecipient: string, says: string) =>
      mdn({
        finalRecipient,
        originalRecipient: RECIPIENT,
        says,
        more: ['X-DIRECT-FINAL-DESTINATION-DELIVERY:'],
      });
    expect(await hearSigned(from(ANN, 'processed'))).toBe('processed');
    expect(await hearSigned(from(ANN, 'dispatched'))).toBe('ended');
    expect(await hearSigned(from(BOB, 'dispatched'))).toBe('late-notice');
    expect(await hearSigned(from(BOB, 'failed'))).toBe('late-notice');
    expect((await facts()).filter(({ kind }) => kind === 'ended')).toMatchObject([
      { end: 'delivered' },
    ]);
  });

  test('a DSN of which some failed says that it is there', async () => {
    const { dsn, hearSigned, facts } = world;
    const recipients = [to(ANN, 'failed'), to(BOB, 'delivered'), to(ELSEWHERE, 'delayed')];
    expect(await hearSigned(dsn({ recipients }))).toBe('relayed');
    expect((await facts()).at(-1)).toMatchObject({ what: 'delivered' });
  });
});

describe('a signed DSN', () => {
  test('deliver/bounced: of the postmaster of the domain, about our recipient', async () => {
    const { dsn, hearSigned, facts } = world;
    expect(await hearSigned(dsn())).toBe('ended');
    expect((await facts()).slice(-2)).toMatchObject([
      { kind: 'bounced', code: 'deliver/bounced' },
      { kind: 'ended', end: 'failed', code: 'deliver/bounced' },
    ]);
  });

  test.each([
    ['delivered', 'delivered'],
    ['relayed', 'delivered'],
    ['expanded', 'delivered'],
    ['delayed', 'delayed'],
  ])('that says `%s` is kept as %s, and ends nothing', async (action, what) => {
    const { dsn, hearSigned, facts } = world;
    const recipients = [[`Final-Recipient: rfc822; ${RECIPIENT}`, `Action: ${action}`]];
    expect(await hearSigned(dsn({ recipients }))).toBe('relayed');
    expect((await facts()).at(-1)).toMatchObject({ kind: 'relayed', what });
  });

  test.each([
    ['about another mailbox', POSTMASTER, BOB],
    ['of another mailbox', BOB, RECIPIENT],
    ['of the postmaster of another domain', 'postmaster@direct.home.example', RECIPIENT],
  ])('notification/wrong-recipient: %s', async (_, from, address) => {
    const { dsn, hearSigned } = world;
    expect(await hearSigned(dsn({ from, recipients: [failedFor(address)] }))).toBe(WRONG);
  });

  test('trust/wrong-address: of a mail service on the way', async () => {
    const { dsn, hearSigned, path } = world;
    const home = await issueQuickly(path.anchor, { domain: 'direct.home.example' });
    const message = dsn({ from: 'postmaster@direct.home.example' });
    expect(await hearSigned(message, home)).toBe('trust/wrong-address');
  });
});
