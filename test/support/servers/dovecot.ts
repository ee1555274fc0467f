import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { startServer, type Server } from './server.ts';

export const DOVECOT_LOGIN = { user: 'transmit', password: 'a-pass-word' } as const;

export interface DovecotOptions {
  /** Without it, mail is read in clear. */
  readonly tls?: { readonly certificatePem: string; readonly keyPem: string };
}

/** Root may read no mail: what it starts reads it as somebody who owns nothing else. */
const NOBODY = 65_534;

/** Dovecot with one mailbox, which is empty. */
export const startDovecot = (options: DovecotOptions = {}): Promise<Server> =>
  startServer({
    prepare: async (folder, port) => {
      const { uid, gid, username } = userInfo();
      const [owner, group] = uid === 0 ? [NOBODY, NOBODY] : [uid, gid];
      chmodSync(folder, 0o755);
      mkdirSync(join(folder, 'mail'));
      chownSync(join(folder, 'mail'), owner, group);
      if (options.tls) {
        writeFileSync(join(folder, 'certificate.pem'), options.tls.certificatePem);
        writeFileSync(join(folder, 'key.pem'), options.tls.keyPem, { mode: 0o600 });
      }
      const file = join(folder, 'dovecot.conf');
      writeFileSync(file, configuration(folder, port, { owner, group, username }, options));
      return ['dovecot', '-F', '-c', file];
    },
    // A greeting in clear; of one that speaks TLS that it takes connections.
    answers: async (_folder, port) => isThere(port, options.tls === undefined),
  });

const configuration = (
  folder: string,
  port: number,
  { owner, group, username }: { owner: number; group: number; username: string },
  { tls }: DovecotOptions,
): string => `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
log_path = /dev/stderr
${staffOf(username)}
first_valid_uid = 1
disable_plaintext_auth = no
auth_mechanisms = plain login
ssl = ${tls ? 'yes' : 'no'}
${tls ? `ssl_cert = <${folder}/certificate.pem\nssl_key = <${folder}/key.pem` : ''}
mail_location = maildir:${folder}/mail/%u
passdb {
  driver = static
  args = user=${DOVECOT_LOGIN.user} password=${DOVECOT_LOGIN.password}
}
userdb {
  driver = static
  args = uid=${owner} gid=${group} home=${folder}/mail
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${tls ? 0 : port}
  }
  inet_listener imaps {
    port = ${tls ? port : 0}
    ssl = yes
  }
}
service anvil {
  chroot =
}
`;

/** Whom its processes run as: as root, those that its package made for it, for it lets root answer nobody. */
const staffOf = (username: string): string =>
  username === 'root'
    ? ''
    : `default_internal_user = ${username}\ndefault_login_user = ${username}\ndefault_internal_group =`;

async function isThere(port: number, greets: boolean): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(2000, () => socket.destroy(new Error('It says nothing')));
  try {
    const [said] = (await once(socket, greets ? 'data' : 'connect')) as [Buffer | undefined];
    return !greets || String(said).startsWith('* OK');
  } finally {
    socket.destroy();
  }
}
