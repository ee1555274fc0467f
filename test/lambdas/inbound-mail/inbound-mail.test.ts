import { beforeEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../../shared/ids.ts';
import { type Asking } from '../http-event.ts';
import { ADMIN, ANA, httpWorld, PROVIDER, SYSTEM, type HttpWorld } from '../http-world.ts';

let world: HttpWorld;
beforeEach(async () => {
  world = await httpWorld({ hisp: { clients: ['the-hisp'] } });
});

const MAIL = Buffer.from('From: dr.lee@direct.clinic.example\r\n\r\nA mail.\r\n');
const RAW = { 'content-type': 'message/rfc822' };
const LIMIT_BYTES = 4_400_000;

const post = (bytes: Uint8Array, asking: Asking = {}) =>
  world.ask('POST /v1/inbound-mail', { as: SYSTEM, headers: RAW, bytes, ...asking });

const mailOf = (bytes: number): Buffer => {
  const mail = Buffer.alloc(bytes, 'x');
  mail.write('Subject: long\r\n\r\n');
  return mail;
};

describe('mail that is posted', () => {
  test('lies where mail is read, as it came, under its digest', async () => {
    const answered = await post(MAIL);
    const digest = sha256(MAIL);
    expect([answered.status, answered.body]).toEqual([202, { sha256: digest, replayed: false }]);
    expect(world.postedMail.keys()).toEqual([`posted/${digest}`]);
    expect(Buffer.from(await world.postedMail.get(`posted/${digest}`)).equals(MAIL)).toBe(true);
  });

  test('again is answered like the first time, and says so', async () => {
    await post(MAIL);
    const again = await post(MAIL);
    expect([again.status, again.body]).toEqual([202, { sha256: sha256(MAIL), replayed: true }]);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
    expect(world.postedMail.keys()).toHaveLength(1);
  });

  test('by many at once is taken once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => post(MAIL)));
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(202));
    expect(world.postedMail.keys()).toHaveLength(1);
  });

  test('by a HISP that the settings name lies where its word counts, and nobody else can put it there', async () => {
    await post(MAIL, { as: { ...SYSTEM, subject: 'the-hisp' } });
    await post(MAIL, { as: { ...SYSTEM, subject: 'The-HISP' } });
    const name = sha256(JSON.stringify(['client', 'the-hisp']));
    expect(world.postedMail.keys()).toEqual([
      `hisp/${name}/${sha256(MAIL)}`,
      `posted/${sha256(MAIL)}`,
    ]);
  });

  test('may have parameters in its type, and any bytes behind its header', async () => {
    const bytes = Buffer.concat([Buffer.from('X: y\n\n'), Buffer.from([0, 255, 13, 10, 128])]);
    const headers = { 'content-type': 'Message/RFC822; charset=utf-8' };
    expect((await post(bytes, { headers })).status).toBe(202);
  });

  test('may have a byte order mark, or a blank before the colon, as some agents write', async () => {
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), MAIL]);
    expect((await post(marked)).status).toBe(202);
    expect((await post(Buffer.from('From : x@y.example\n\nx'))).status).toBe(202);
  });

  test('is as long as Lambda takes inline, and no longer', async () => {
    expect((await post(mailOf(LIMIT_BYTES))).status).toBe(202);
    const answered = await post(mailOf(LIMIT_BYTES + 1));
    expect([answered.status, answered.body.code]).toEqual([413, 'edge/too-large']);
    expect(world.postedMail.keys()).toHaveLength(1);
  });

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['a blank line', Buffer.from('\r\nFrom: x@y.example\r\n')],
    ['an mbox', Buffer.from('From x@y.example Sun Nov 22 12:00:00 2026\r\nFrom: x\r\n\r\n')],
    ['JSON', Buffer.from('{"raw":"…"}')],
    ['a zip bomb', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(1_000_000)])],
    ['zeros', Buffer.alloc(100_000)],
    ['a name without end', Buffer.alloc(1_000_000, 'x')],
    ['base64 of a mail', Buffer.from(MAIL.toString('base64'))],
  ])('edge/malformed: %s', async (_, bytes) => {
    const answered = await post(bytes);
    expect([answered.status, answered.body.code]).toEqual([400, 'edge/malformed']);
    expect(answered.body.errors).toEqual([{ pointer: '', code: 'no-mail' }]);
    expect(world.postedMail.keys()).toEqual([]);
  });

  test.each(['text/plain', 'application/json', 'message/rfc822x', 'multipart/mixed', undefined])(
    'edge/unsupported-media: %s',
    async (type) => {
      const answered = await post(MAIL, {
        headers: type === undefined ? {} : { 'content-type': type },
      });
      expect([answered.status, answered.body.code]).toEqual([415, 'edge/unsupported-media']);
    },
  );

  test.each([
    ['a patient', ANA],
    ['a provider', PROVIDER],
    ['an administrator', { ...ADMIN, scopes: ['inbound-mail.write'] }],
    ['a system without the scope', { ...SYSTEM, scopes: [] }],
  ])('edge/forbidden: by %s', async (_, as) => {
    const answered = await post(MAIL, { as });
    expect([answered.status, answered.body.code]).toEqual([403, 'edge/forbidden']);
    expect(world.postedMail.keys()).toEqual([]);
  });

  test('leaves nothing of itself in the log', async () => {
    await post(MAIL);
    expect(world.lines.join()).not.toMatch(/@|dr\.lee/);
  });
});
