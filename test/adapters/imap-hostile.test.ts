import { afterEach, describe, expect, test } from '@jest/globals';
import { imapMailbox } from '../../shared/adapters/imap/imap-mailbox.ts';
import { imapPeerOf } from '../../shared/adapters/imap/mailbox-url.ts';
import type { CredentialsFor } from '../../shared/adapters/relay-secret.ts';
import type { OpenFolder } from '../../shared/notification/mailbox/mailbox.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import {
  startScriptedImap,
  type Script,
  type ScriptedImap,
} from '../support/servers/scripted-imap.ts';
import { describeWith } from '../support/needs.ts';

const known: CredentialsFor = async (host) => [{ host, user: 'transmit', password: 'hush-hush' }];

let server: ScriptedImap | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const BOUNDS = { credentials: known, silenceSeconds: 2, overallSeconds: 5 };

async function asking<T>(script: Script, work: (folder: OpenFolder) => Promise<Outcome<T>>) {
  server = await startScriptedImap(script);
  return imapMailbox(`imap://127.0.0.1:${server.port}`, 'INBOX', BOUNDS).read(work);
}

const list = (script: Script, uid = 0) => asking(script, (folder) => folder.after(uid, 10));
const fetch = (script: Script, mostBytes = 1000) =>
  asking(script, (folder) => folder.fetch(1, mostBytes));

const UNREACHABLE = { ok: false, failure: { code: 'notification/mailbox-unreachable' } };
const FOLDER = '* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n';

function* without(end: number, piece: string): Iterable<string> {
  for (let sent = 0; sent < end; sent += piece.length) yield piece;
}

test('a polite one is read', async () => {
  expect(await list({})).toEqual(
    done([
      { uid: 1, sizeBytes: 4 },
      { uid: 2, sizeBytes: 4 },
    ]),
  );
  await server?.close();
  const fetched = await fetch({});
  expect(fetched.ok && Buffer.from(fetched.value as Uint8Array).toString()).toBe('x:y\n');
  const said = server?.heard.join('\n') ?? '';
  expect(said).toMatch(/EXAMINE/);
  expect(said).toMatch(/BODY\.PEEK\[\]<0\.1001>/);
  expect(said).not.toMatch(/ SELECT | STORE | EXPUNGE| CLOSE/);
});

describeWith(['time'], 'notification/mailbox-unreachable: a server that', () => {
  test.each<[string, Script]>([
    ['greets with garbage', { greeting: () => ({ untagged: '\x00\xff\x16\x03\x01 hello\r\n' }) }],
    [
      'greets with a line without end',
      { greeting: () => ({ untagged: without(2_000_000, 'x'.repeat(65_536)) }) },
    ],
    ['greets nobody', { greeting: () => ({ hang: true }) }],
    ['says goodbye at once', { greeting: () => ({ untagged: '* BYE too many\r\n' }) }],
    ['never answers a login', { LOGIN: () => ({ hang: true }) }],
    [
      'answers a login with a million lines',
      { LOGIN: () => ({ untagged: without(3_000_000, '* OK more\r\n'.repeat(5000)), hang: true }) },
    ],
    ['never opens the folder', { EXAMINE: () => ({ hang: true }) }],
    ['opens a folder without UIDVALIDITY', { EXAMINE: () => ({ untagged: '* 2 EXISTS\r\n' }) }],
    ['never lists', { FETCH: () => ({ hang: true }) }],
    ['lists nothing of what there is', { FETCH: () => ({}) }],
    ['cannot list', { FETCH: () => ({ tagged: 'NO broken' }) }],
    ['lists without UIDs', { FETCH: () => ({ untagged: '* 1 FETCH (RFC822.SIZE 4)\r\n' }) }],
    ['lists the UID zero', { FETCH: () => ({ untagged: '* 1 FETCH (UID 0 RFC822.SIZE 4)\r\n' }) }],
    [
      'lists in parentheses without end',
      { FETCH: () => ({ untagged: `* 1 FETCH ${'('.repeat(60_000)}\r\n` }) },
    ],
    [
      'lists many words',
      { FETCH: () => ({ untagged: `* 1 FETCH (UID 1 FLAGS (${'a '.repeat(30_000)}))\r\n` }) },
    ],
    [
      'announces a literal of a gigabyte',
      { FETCH: () => ({ untagged: '* 1 FETCH (UID 1 BODY[] {1000000000}\r\nx', hang: true }) },
    ],
    [
      'announces one of more bytes than there are',
      {
        FETCH: () => ({ untagged: `* 1 FETCH (UID 1 BODY[] {${'9'.repeat(40)}}\r\n`, hang: true }),
      },
    ],
  ])(
    '%s',
    async (_, script) => {
      // Where nothing is new behind UID 0, halving is not needed: so it is asked behind 1.
      expect(await list(script, 1)).toEqual(UNREACHABLE);
    },
    20_000,
  );

  test.each<[string, Script]>([
    ['never gives the mail', { 'UID FETCH': () => ({ hang: true }) }],
    [
      'gives half of it',
      { 'UID FETCH': () => ({ untagged: '* 1 FETCH (UID 1 BODY[]<0> {100}\r\nhalf', hang: true }) },
    ],
    ['cannot give it', { 'UID FETCH': () => ({ tagged: 'NO broken' }) }],
    [
      'gives none of it',
      { 'UID FETCH': () => ({ untagged: '* 1 FETCH (UID 1 BODY[]<0> NIL)\r\n' }) },
    ],
  ])(
    '%s',
    async (_, script) => {
      expect(await fetch(script)).toEqual(UNREACHABLE);
    },
    20_000,
  );

  test.each(['greeting', 'LOGIN', 'EXAMINE', 'FETCH'] as const)(
    'hangs up at %s',
    async (at) => {
      const started = await startScriptedImap({ [at]: () => ({ hang: true }) });
      server = started;
      const read = imapMailbox(`imap://127.0.0.1:${started.port}`, 'INBOX', BOUNDS).read((folder) =>
        folder.after(1, 10),
      );
      await started.close();
      expect(await read).toEqual(UNREACHABLE);
    },
    20_000,
  );

  test('is not there', async () => {
    const started = await startScriptedImap();
    await started.close();
    const mailbox = imapMailbox(`imap://127.0.0.1:${started.port}`, 'INBOX', BOUNDS);
    expect(await mailbox.read(async () => done('read'))).toEqual(UNREACHABLE);
  });
});

const row = (uid: number) => `* 1 FETCH (UID ${uid} RFC822.SIZE 4)\r\n`;

const literal = (bytes: number) => ({
  untagged: [`* 1 FETCH (UID 1 BODY[]<0> {${bytes}}\r\n`, Buffer.alloc(bytes, 'x'), ')\r\n'],
});

const another = () => ({ untagged: '* 2 FETCH (UID 2 BODY[]<0> {4}\r\nx:y\n)\r\n' });

const refusing = () => ({ tagged: 'NO [AUTHENTICATIONFAILED] no' });

describe('a server that says what cannot be', () => {
  test('mails that were removed while they were counted are not passed over', async () => {
    // The one in front of the first that is new is new too: numbers have moved.
    let asked = 0;
    const FETCH = (): { untagged: string } => {
      asked += 1;
      return asked < 3
        ? { untagged: asked === 1 ? '* 2 FETCH (UID 9)\r\n' : '* 1 FETCH (UID 5)\r\n' }
        : { untagged: '* 1 FETCH (UID 8 RFC822.SIZE 4)\r\n* 2 FETCH (UID 9 RFC822.SIZE 4)\r\n' };
    };
    expect(await list({ EXAMINE: () => ({ untagged: FOLDER }), FETCH }, 6)).toEqual(UNREACHABLE);
  });

  test('UIDs twice and out of order come once and in order', async () => {
    const untagged = [9, 3, 9, 5, 3].map(row).join('');
    expect(await list({ FETCH: () => ({ untagged }) })).toEqual(
      done([3, 5, 9].map((uid) => ({ uid, sizeBytes: 4 }))),
    );
  });

  test('more than was asked for is too large, in a literal or in many', async () => {
    expect(await fetch({ 'UID FETCH': () => literal(1001) })).toEqual(done('too-large'));
    await server?.close();
    expect(await fetch({ 'UID FETCH': () => literal(42 * 1024 * 1024) })).toEqual(
      done('too-large'),
    );
  }, 20_000);

  test('another mail than was asked for is none', async () => {
    expect(await fetch({ 'UID FETCH': another })).toEqual(done('gone'));
  });

  test('notification/mailbox-refused: the login', async () => {
    expect(await list({ LOGIN: refusing })).toEqual({
      ok: false,
      failure: { code: 'notification/mailbox-refused' },
    });
  });
});

const overTls = async (host: string) => {
  const authority = await cachedAuthority('Mail Authority');
  const issued = await issueQuickly(authority, {
    domain: host,
    extendedKeyUsage: [SERVER_AUTHENTICATION],
  });
  return { authority, issued };
};

describe('a mailbox elsewhere', () => {
  test.each([
    'imap://mail.hisp.example',
    'imap://192.0.2.1:143',
    'http://127.0.0.1',
    'imaps://u:p@h.example',
    'imaps://',
  ])('is not read in clear, nor by any other URL: %s', (url) => {
    expect(() => imapPeerOf(url)).toThrow(/^(?!.*u:p).*mailbox/i);
  });

  test.each([
    ['nobody believes', 'localhost', false],
    ['is for another host', 'mail.hisp.example', true],
  ])('is shown no password when its certificate %s', async (_, host, believes) => {
    const { authority, issued } = await overTls(host);
    server = await startScriptedImap(
      {},
      { cert: issued.certificatePem, key: issued.privateKeyPem },
    );
    const mailbox = imapMailbox(`imaps://localhost:${server.port}`, 'INBOX', {
      ...BOUNDS,
      authorities: believes ? [authority.certificatePem] : [],
    });
    expect(await mailbox.read(async () => done('read'))).toEqual(UNREACHABLE);
    expect(server.heard).toEqual([]);
  });

  test('is read over TLS when its certificate is believed', async () => {
    const { authority, issued } = await overTls('localhost');
    server = await startScriptedImap(
      {},
      { cert: issued.certificatePem, key: issued.privateKeyPem },
    );
    const mailbox = imapMailbox(`imaps://localhost:${server.port}`, 'INBOX', {
      ...BOUNDS,
      authorities: [authority.certificatePem],
    });
    expect(await mailbox.read((folder) => folder.after(1, 5))).toEqual(
      done([{ uid: 2, sizeBytes: 4 }]),
    );
  });

  test('that speaks in clear where TLS is meant hears nothing', async () => {
    server = await startScriptedImap();
    const mailbox = imapMailbox(`imaps://localhost:${server.port}`, 'INBOX', BOUNDS);
    expect(await mailbox.read(async () => done('read'))).toEqual(UNREACHABLE);
    expect(server.heard.join()).not.toContain('hush');
  }, 20_000);
});
