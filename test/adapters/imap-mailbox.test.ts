import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import { imapMailbox } from '../../shared/adapters/imap/imap-mailbox.ts';
import type { CredentialsFor } from '../../shared/adapters/relay-secret.ts';
import { watermarkStore } from '../../shared/adapters/dynamo/watermarks.ts';
import { pollMailbox } from '../../shared/notification/mailbox/poll-mailbox.ts';
import { done } from '../../shared/outcome.ts';
import { mailboxContract } from '../contracts/mailbox.ts';
import { describeWith } from '../support/needs.ts';
import { memoryBytes } from '../support/memory/bytes.ts';
import { memoryMailDrop } from '../support/memory/mail-drop.ts';
import { memoryTable } from '../support/memory/table.ts';
import { DOVECOT_LOGIN, startDovecot } from '../support/servers/dovecot.ts';
import type { Server } from '../support/servers/server.ts';

const { user, password } = DOVECOT_LOGIN;
const known: CredentialsFor = async (host) => [{ host, user, password }];

const wrong: CredentialsFor = async (host) => [{ host, user, password: 'wrong' }];
const work = async () => done('read');

const addNotice = (client: ImapFlow, text: string) =>
  client.append('Notices', `Subject: ${text}\r\n\r\n${text}\r\n`);

/** Somebody else who has the mailbox open, and may do in it what he likes. */
async function asOwner<T>(port: number, act: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    doSTARTTLS: false,
    logger: false,
    auth: { user, pass: password },
  });
  await client.connect();
  try {
    await client.mailboxOpen('INBOX');
    return await act(client);
  } finally {
    await client.logout();
  }
}

describeWith(['dovecot'], 'a folder of Dovecot', () => {
  mailboxContract('read in clear on the same machine', async () => {
    const server = await startDovecot();
    const uids: number[] = [];
    return {
      mailbox: imapMailbox(`imap://127.0.0.1:${server.port}`, 'INBOX', { credentials: known }),
      add: (...mails) =>
        asOwner(server.port, async (client) => {
          for (const raw of mails) {
            const added = await client.append('INBOX', Buffer.from(raw));
            uids.push((added && added.uid) || 0);
          }
        }),
      remove: (nth) =>
        asOwner(server.port, async (client) => {
          await client.messageDelete(String(uids[nth - 1]), { uid: true });
        }),
      close: () => server.close(),
    };
  });

  describe('is left as it was', () => {
    let server: Server;
    beforeAll(async () => {
      server = await startDovecot();
    }, 60_000);
    afterAll(() => server.close());
    const mailbox = (path = 'INBOX', credentials: CredentialsFor = known) =>
      imapMailbox(`imap://localhost:${server.port}`, path, { credentials });

    test('nothing that was read is marked as seen', async () => {
      await asOwner(server.port, (client) => client.append('INBOX', 'Subject: x\r\n\r\nx\r\n'));
      const read = await mailbox().read((folder) => folder.fetch(1, 100));
      expect(read.ok && Buffer.from(read.value as Uint8Array).toString()).toContain('Subject: x');
      const flags = await asOwner(server.port, (client) => client.fetchOne('1', { flags: true }));
      expect(flags && [...(flags.flags ?? [])]).not.toContain('\\Seen');
    });

    test('notification/mailbox-refused: a wrong password, none at all, or no such folder', async () => {
      const refused = { ok: false, failure: { code: 'notification/mailbox-refused' } };
      expect(await mailbox('INBOX', wrong).read(work)).toEqual(refused);
      expect(await mailbox('INBOX', async () => []).read(work)).toEqual(refused);
      expect(await mailbox('Elsewhere').read(work)).toEqual(refused);
      expect(await mailbox().read(work)).toEqual(done('read'));
    }, 30_000);

    test('what is new in it is taken once, also where it was made anew under its name', async () => {
      const url = `imap://localhost:${server.port}`;
      const poll = () =>
        pollMailbox({
          mailbox: mailbox('Notices'),
          drop,
          watermarks,
          settings: { url, folder: 'Notices', of: 'relay' },
          now: () => new Date(),
        });
      const drop = memoryMailDrop(memoryBytes());
      const watermarks = watermarkStore(memoryTable({ seed: 3 }));
      await asOwner(server.port, async (client) => {
        await client.mailboxCreate('Notices');
        for (const text of ['a', 'b']) await addNotice(client, text);
      });
      expect(await poll()).toEqual(done({ taken: 2, skipped: 0 }));
      await asOwner(server.port, (client) => addNotice(client, 'c'));
      expect(await poll()).toEqual(done({ taken: 1, skipped: 0 }));
      expect(await poll()).toEqual(done({ taken: 0, skipped: 0 }));
      await asOwner(server.port, async (client) => {
        await client.mailboxDelete('Notices');
        await client.mailboxCreate('Notices');
        for (const text of ['d', 'a']) await addNotice(client, text);
      });
      expect(await poll()).toEqual(done({ taken: 1, skipped: 0 }));
    }, 30_000);
  });
});
