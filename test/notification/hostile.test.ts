import { X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import { receive } from '../../shared/notification/receive.ts';
import { encryptEntity, signEntity } from '../secure/support/entities.ts';
import { cases } from '../support/counts.ts';
import { kinds, transmission } from '../support/one-record.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { RECIPIENT } from '../support/whole-path.ts';
import { DOMAIN, noticeWorld, type NoticeWorld } from './notices.ts';

let world: NoticeWorld;
beforeEach(async () => {
  world = await noticeWorld();
});

/** Comes by mail, through the function; and what the copy is then. */
async function arrives(raw: Uint8Array) {
  await world.path.deliverMail(raw);
  const { lines, ports } = world.path;
  const { code } = JSON.parse(lines.at(-1)!) as { code?: string };
  return { code, orphans: ports.metrics.of('OrphanNotice').length };
}

describe('a forged notice is counted and changes nothing', () => {
  test.each<[string, () => Promise<Parameters<NoticeWorld['signed']>[1]>]>([
    [
      'trust/no-anchor',
      async () => issueQuickly(await cachedAuthority('A stranger'), { address: RECIPIENT }),
    ],
    [
      'trust/expired',
      async () =>
        issueQuickly(world.path.anchor, {
          address: RECIPIENT,
          notBefore: new Date('2025-01-01'),
          notAfter: new Date('2026-11-22T11:00:00Z'),
        }),
    ],
    [
      'trust/wrong-address',
      async () => issueQuickly(world.path.anchor, { address: `bob@${DOMAIN}` }),
    ],
    [
      'trust/wrong-address',
      async () => issueQuickly(world.path.anchor, { domain: 'clinic.example' }),
    ],
    ['trust/wrong-address', async () => world.path.holder],
  ])('%s', async (code, signer) => {
    const before = await world.facts();
    const raw = await world.signed(world.mdn({ says: 'failed' }), await signer());
    expect(await arrives(raw)).toEqual({ code, orphans: 1 });
    expect(await world.facts()).toEqual(before);
  });

  test('trust/revoked: by a key that was stolen', async () => {
    const url = 'http://pki.clinic.example/anchor.crl';
    const signer = await issueQuickly(world.path.anchor, { address: RECIPIENT, crlUrls: [url] });
    const now = world.path.ports.now();
    const { serialNumber } = new X509Certificate(signer.certificate);
    world.path.web.set(
      url,
      makeRevocationList(world.path.anchor, {
        thisUpdate: now,
        revoked: [{ serial: Buffer.from(serialNumber, 'hex'), at: now }],
      }),
    );
    const raw = await world.signed(world.mdn(), signer);
    expect(await arrives(raw)).toEqual({ code: 'trust/revoked', orphans: 1 });
  });

  test('secure/bad-signature: altered on its way', async () => {
    const { path, mdn } = world;
    const message = `Content-Type: message/rfc822\r\n\r\n${mdn()}`;
    const entity = await signEntity(
      Buffer.from(message, 'latin1'),
      path.recipient,
      path.ports.now(),
    );
    const altered = Buffer.from(
      Buffer.from(entity).toString('latin1').replace('processed', 'dispatched'),
      'latin1',
    );
    const raw = encryptEntity(altered, [path.holder.certificate], {}, `From: ${RECIPIENT}\r\n`);
    expect(await arrives(raw)).toEqual({ code: 'secure/bad-signature', orphans: 1 });
  });
});

describe('a mail that cannot be decrypted', () => {
  test.each<[string, (raw: Buffer) => Buffer]>([
    ['has another key in it', (raw) => changed(raw, 300)],
    ['has another end', (raw) => changed(raw, raw.length - raw.indexOf('\r\n\r\n') - 20)],
  ])('secure/undecryptable: when it %s nobody can tell why', async (_, spoil) => {
    const raw = Buffer.from(await world.signed(world.mdn(), world.path.recipient));
    expect(await arrives(spoil(raw))).toEqual({ code: 'secure/undecryptable', orphans: 1 });
  });

  test('secure/undecryptable: when it is for somebody else neither', async () => {
    const { mdn, path, service } = world;
    const entity = await signEntity(Buffer.from(mdn(), 'latin1'), service, path.ports.now());
    const raw = encryptEntity(entity, [path.recipient.certificate], {}, `From: ${RECIPIENT}\r\n`);
    expect(await arrives(raw)).toEqual({ code: 'secure/undecryptable', orphans: 1 });
  });
});

/** One character of the body another, counted from its beginning. */
function changed(raw: Buffer, offset: number): Buffer {
  const at = raw.indexOf('\r\n\r\n') + 4 + offset;
  const copy = Buffer.from(raw);
  copy[at] = copy[at] === 65 ? 66 : 65;
  return copy;
}

describe('a notice that is replayed', () => {
  test('is one notice, sent again as it was or encrypted anew', async () => {
    const { mdn, signed, path, hear, facts } = world;
    const raw = await signed(mdn(), path.recipient);
    expect(await hear(raw)).toBe('processed');
    const before = await facts();
    expect(await hear(raw)).toBe('processed');
    expect(await hear(await signed(mdn(), path.recipient))).toBe('processed');
    expect(await facts()).toEqual(before);
  });

  test('after the end it was in time, and is not late', async () => {
    const { mdn, signed, path, hear, facts } = world;
    const raw = await signed(mdn(), path.recipient);
    await hear(raw);
    await path.sweepAt('2026-11-22T13:30:00Z');
    const before = await facts();
    expect(before.at(-1)).toMatchObject({ kind: 'ended' });
    await hear(raw);
    expect(await facts()).toEqual(before);
  });
});

describe('notices that speak of notices', () => {
  test('notification/unknown-message: one about itself, and two about each other', async () => {
    const { mdn, hearSigned, path } = world;
    const itself = 'notice@direct.clinic.example';
    for (const about of [itself, 'other@direct.clinic.example']) {
      expect(await hearSigned(mdn({ about }), path.recipient)).toBe('notification/unknown-message');
    }
  });

  test('names in a circle are each looked up once', async () => {
    const { dsn, hearPlain } = world;
    const circle = dsn({ message: ['X-Original-Message-ID: <a@b>', 'Original-Envelope-ID: <b@a>'] })
      .replace('To: ', 'In-Reply-To: <a@b>\r\nReferences: <b@a> <a@b> <b@a>\r\nTo: ')
      .replace(
        '\r\n--b--',
        '\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <a@b>\r\n\r\n\r\n--b--',
      );
    const asked: string[] = [];
    const { ledger } = world.path.ports;
    const listening = {
      ...ledger,
      byName: (name: Parameters<typeof ledger.byName>[0]) => {
        asked.push(name);
        return ledger.byName(name);
      },
    };
    await receive(Buffer.from(circle), 'open', { ...world.path.ports, ledger: listening });
    expect(asked).toEqual(['a@b', 'b@a']);
    expect(await hearPlain(circle)).toBe('notification/unknown-message');
  });
});

describe('bytes of any sort', () => {
  test('are heard without a throw, and add nothing to what was signed', async () => {
    const { hear, facts, mdn, signed, path } = world;
    const before = await facts();
    const raw = Buffer.from(await signed(mdn(), path.recipient)).toString('latin1');
    const mangled = fc
      .tuple(fc.nat(raw.length), fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(60))
      .map(([at, text, cut]) => `${raw.slice(0, at)}${text}${raw.slice(at + cut + 1)}`);
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), mangled);
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        const answer = await hear(Buffer.from(text, 'latin1'));
        // What is mangled may be the header outside, which nobody needs.
        expect(answer).toMatch(/^(?:(?:secure|notification|trust)\/.*|processed)$/);
      }),
      { numRuns: cases(60) },
    );
    expect((await facts()).length - before.length).toBeLessThanOrEqual(1);
  });
});

test('a late notice is kept, shown, and flips nothing', async () => {
  const { path, mdn, hearSigned } = world;
  await path.sweepAt('2026-11-22T13:30:00Z');
  const before = await transmission(path);
  expect(before).toMatchObject({ status: 'failed', code: 'notification/not-processed' });
  for (const says of ['processed', 'dispatched', 'failed', 'dispatched/error']) {
    const more = ['X-DIRECT-FINAL-DESTINATION-DELIVERY:'];
    expect(await hearSigned(mdn({ says, more }), path.recipient)).toBe('late-notice');
  }
  const after = await transmission(path);
  expect(after).toMatchObject({ status: before.status, code: before.code });
  expect(kinds(after).slice(kinds(before).length)).toEqual(Array(4).fill('late-notice'));
});
