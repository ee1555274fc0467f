import { beforeEach, describe, expect, test } from '@jest/globals';
import { sha256, type DirectAddress } from '../../shared/ids.ts';
import { channelOf, folderOf } from '../../shared/notification/channel.ts';
import { speaksFor, voiceOfClient, voiceOfMailbox } from '../../shared/notification/hisp-voice.ts';
import { Hisp, Mailbox } from '../../shared/settings-relays.ts';
import { DOMAIN, noticeWorld, type NoticeWorld } from './notices.ts';

const BOUNDED = { subject: 'bounded', domains: [DOMAIN] };
const MAILBOX = { url: 'imaps://mail.hisp.example', of: 'hisp', domains: ['hospital.example'] };

const mailbox = Mailbox.parse(MAILBOX);
const settings = { hisp: Hisp.parse({ clients: ['any', BOUNDED] }), mailbox };
const DIGEST = sha256('a mail');
const LEE = `dr.lee@${DOMAIN}` as DirectAddress;

const folderOfClient = (client: string) => folderOf(voiceOfClient(client, settings));

describe('whose word a mail is', () => {
  test('is told by the key under which it was put, which names nobody', () => {
    const [any, bounded] = ['any', 'bounded'].map(folderOfClient);
    const polled = folderOf(voiceOfMailbox(mailbox));
    expect(new Set([any, bounded, polled]).size).toBe(3);
    for (const folder of [any, bounded, polled]) expect(folder).toMatch(/^hisp\/[0-9a-f]{64}\/$/);
    expect(channelOf(`${any}${DIGEST}`, settings)).not.toHaveProperty('domains');
    expect(channelOf(`${bounded}${DIGEST}`, settings)).toMatchObject({ domains: [DOMAIN] });
    expect(channelOf(`${polled}${DIGEST}`, settings)).toMatchObject({
      domains: ['hospital.example'],
    });
  });

  test('is anybody’s of one who is no HISP', () => {
    expect(folderOfClient('ehr')).toBe('posted/');
    expect(folderOf(voiceOfMailbox({ ...mailbox, of: 'relay' }))).toBe('posted/');
  });

  test.each([
    `hisp/${DIGEST}`,
    `hisp/${DIGEST}/${DIGEST}`,
    `hisp/any/${DIGEST}`,
    `hisp//${DIGEST}`,
    `posted/${folderOfClient('any')}${DIGEST}`,
    `${folderOfClient('any')}more/${DIGEST}`,
    `${folderOfClient('any').toUpperCase()}${DIGEST}`,
    folderOfClient('any'),
    `received/${DIGEST}`,
    '',
  ])('is anybody’s under %s', (key) => expect(channelOf(key, settings)).toBe('open'));

  test('is anybody’s once the settings name the client no more', () => {
    const key = `${folderOfClient('any')}${DIGEST}`;
    expect(channelOf(key, { ...settings, hisp: { clients: [BOUNDED] } })).toBe('open');
  });

  test('counts of every copy, or of those to its domains, and of none below them', () => {
    const bounded = voiceOfClient('bounded', settings)!;
    expect(speaksFor(voiceOfClient('any', settings)!, LEE)).toBe(true);
    expect(speaksFor(bounded, LEE)).toBe(true);
    for (const other of [`lee@hospital.example`, `lee@sub.${DOMAIN}`, `lee@x${DOMAIN}`]) {
      expect([other, speaksFor(bounded, other as DirectAddress)]).toEqual([other, false]);
    }
  });
});

describe('settings say it', () => {
  test.each([
    ['a client twice', ['bounded', BOUNDED]],
    ['no domain at all', [{ subject: 'x', domains: [] }]],
    ['a domain that is none', [{ subject: 'x', domains: ['Clinic'] }]],
  ])('but not %s', (_, clients) => expect(Hisp.safeParse({ clients }).success).toBe(false));

  test('and of a mailbox only where it is a HISP’s', () =>
    expect(Mailbox.safeParse({ ...MAILBOX, of: 'relay' }).success).toBe(false));
});

describe('of a copy that a HISP was given, a mail of another HISP', () => {
  let world: NoticeWorld;
  beforeEach(async () => {
    world = await noticeWorld('clear');
  });

  const says = (domain: string, mail: string) =>
    world.hearPlain(mail, { name: 'other', domains: [domain] });

  test.each([
    ['processed', () => world.mdn()],
    ['failed', () => world.mdn({ says: 'failed' })],
    ['a DSN', () => world.dsn()],
  ])('notification/unauthenticated: %s changes nothing', async (_, mail) => {
    const before = await world.facts();
    expect(await says('hospital.example', mail())).toBe('notification/unauthenticated');
    expect(await world.facts()).toEqual(before);
  });

  test('ends it where it speaks for that domain', async () => {
    expect(await says(DOMAIN, world.mdn())).toBe('ended');
  });
});
