import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { smtpRelay } from '../../shared/adapters/smtp-relay.ts';
import type { Envelope, Relay } from '../../shared/deliver/relay.ts';
import { envelopeIdOf, type DirectAddress, type TransmissionId } from '../../shared/ids.ts';
import { readNotification } from '../../shared/notification/reading/read-notification.ts';
import { startServer, type TestServer } from '../adapters/smtp-relay-servers.ts';
import { forIp } from '../adapters/smtp/tls-servers.ts';
import { describeWith } from '../support/needs.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import type { Server } from '../support/servers/server.ts';
import { POSTFIX_SETTINGS, startPostfix } from './support/postfix.ts';

const ACCOUNT = { user: 'direct-transmit', password: 'p:ss wörd' };
const FROM = 'records@holder.example' as DirectAddress;
const NOBODY = 'nobody@clinic.example' as DirectAddress;
const MIB = 1024 * 1024;

let sink: TestServer & { readonly taken: readonly Envelope[] };
let postfix: Server;
let relayWith: (password: string) => Relay;

async function start(): Promise<void> {
  sink = await startServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, answer) =>
      address === NOBODY
        ? answer(Object.assign(new Error('5.1.1 nobody there'), { responseCode: 550 }))
        : answer(),
  });
  const authority = await cachedAuthority('Relay Authority');
  const { certificatePem, privateKeyPem } = await issueQuickly(authority, forIp(0, 0, 0, 0));
  const passesOnTo = `127.0.0.1:${sink.port}`;
  postfix = await startPostfix({ passesOnTo, certificatePem, privateKeyPem, account: ACCOUNT });
  // By its text no loopback address: so STARTTLS is demanded.
  relayWith = (password) =>
    smtpRelay(`smtp://0.0.0.0:${postfix.port}`, {
      authorities: [authority.certificatePem],
      credentials: async (host) => [{ host, user: ACCOUNT.user, password }],
    });
}

afterAll(async () => {
  await postfix?.close();
  await sink?.close();
});

/** A message as long as that, as we write them: base64 in lines of 76. */
function messageOf(sizeBytes: number): Buffer {
  const head = `From: ${FROM}\r\nTo: dr.berg@clinic.example\r\nMIME-Version: 1.0\r\nMessage-ID: <a.b@holder.example>\r\n\r\n`;
  const lines = Buffer.alloc(sizeBytes - head.length - 2, `${'x'.repeat(75)}.\r\n`);
  return Buffer.concat([Buffer.from(head), lines, Buffer.from('\r\n')]);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What came for that recipient. */
async function arrived(to: string): Promise<Envelope> {
  for (;;) {
    const found = sink.taken.find((envelope) => envelope.to === to);
    if (found) return found;
    await sleep(50);
  }
}

test('docs/relay.md says the same of Postfix as is tried here', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/relay.md'), 'utf8');
  const [, shown = ''] = /\n```\n(myhostname[^`]*)```/.exec(page) ?? [];
  expect(shown.split('\n').filter((line) => / =/.test(line))).toEqual(
    POSTFIX_SETTINGS.trim().split('\n'),
  );
});

describeWith(['postfix'], 'Postfix as our relay, set up as docs/relay.md says', () => {
  beforeAll(start, 60_000);

  test.each([5, 28])(
    'passes on %i MB as they are, under our own MAIL FROM',
    async (mib) => {
      const to = `dr.${mib}@clinic.example` as DirectAddress;
      const bytes = messageOf(mib * MIB);
      const submitted = await relayWith(ACCOUNT.password).submit({ from: FROM, to, bytes });
      expect(submitted).toMatchObject({
        ok: true,
        value: { receipt: expect.stringMatching(/^250 2\.0\.0 Ok: queued as [0-9A-F]+$/) },
      });
      const taken = await arrived(to);
      expect(taken.from).toBe(FROM);
      const added = Buffer.from(taken.bytes).subarray(0, taken.bytes.length - bytes.length);
      expect(added.toString('latin1')).toMatch(/^Received: [^\r]+(\r\n[ \t][^\r]+)*\r\n$/);
      expect(sha256(taken.bytes.subarray(added.length))).toBe(sha256(bytes));
    },
    60_000,
  );

  test('carries many messages over one connection', async () => {
    const relay = relayWith(ACCOUNT.password);
    for (const index of [1, 2, 3]) {
      const to = `kept.${index}@clinic.example` as DirectAddress;
      expect(await relay.submit({ from: FROM, to, bytes: messageOf(1000) })).toMatchObject({
        ok: true,
      });
      expect((await arrived(to)).to).toBe(to);
    }
  });

  test('deliver/not-authorized: a wrong password', async () => {
    const envelope = { from: FROM, to: 'wrong@clinic.example' as DirectAddress };
    const submitted = await relayWith('wrong').submit({ ...envelope, bytes: messageOf(1000) });
    expect(submitted).toEqual({
      ok: false,
      failure: { code: 'deliver/not-authorized', detail: 'SMTP 535 5.7.8' },
    });
  });

  test('deliver/too-large: more than it says that it takes', async () => {
    const envelope = { from: FROM, to: 'large@clinic.example' as DirectAddress };
    const submitted = await relayWith(ACCOUNT.password).submit({
      ...envelope,
      bytes: messageOf(41 * MIB),
    });
    expect(submitted).toMatchObject({
      failure: { code: 'deliver/too-large', detail: 'SIZE 41943040' },
    });
  });

  test('tells under our ENVID of a copy that came back, without the record', async () => {
    const envelopeId = envelopeIdOf('tx_a' as TransmissionId, 1, 'secret');
    const bytes = messageOf(100_000);
    const envelope = { from: FROM, to: NOBODY, bytes, envelopeId };
    expect(await relayWith(ACCOUNT.password).submit(envelope)).toMatchObject({ ok: true });

    const dsn = await arrived(FROM);
    expect(dsn.from).toBe('');
    expect(dsn.bytes.length).toBeLessThan(10_000);
    expect(await readNotification(dsn.bytes)).toMatchObject({
      ok: true,
      value: {
        kind: 'dsn',
        isReport: true,
        names: expect.arrayContaining([envelopeId]),
        recipients: [{ address: NOBODY, outcome: 'failed', code: 'deliver/bounced' }],
      },
    });
  }, 60_000);
});
