import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WITH_SBIN } from '../../support/servers/program-path.ts';
import { startServer, type Server } from '../../support/servers/server.ts';

const DAEMONS = '/usr/lib/postfix/sbin';

export interface PostfixOptions {
  /** host:port of the server to which it passes everything on. */
  readonly passesOnTo: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly account: { readonly user: string; readonly password: string };
}

/**
 * Postfix as docs/relay.md sets it up, in a folder of its own on a port of 127.0.0.1: STARTTLS, then AUTH, and nothing of a
 * message is changed. It needs root, as Postfix does.
 */
export const startPostfix = (options: PostfixOptions): Promise<Server> =>
  startServer({
    prepare: async (folder, port) => {
      // Its programs run as another user, and go through here.
      await chmod(folder, 0o711);
      await Promise.all(
        ['etc/sasl', 'queue', 'data'].map((name) => mkdir(join(folder, name), { recursive: true })),
      );
      await execute('chown', ['postfix', join(folder, 'data')]);
      await writeFile(join(folder, 'relay.crt'), options.certificatePem);
      await writeFile(join(folder, 'relay.key'), options.privateKeyPem, { mode: 0o600 });
      await writeFile(join(folder, 'etc/main.cf'), mainCf(folder, options));
      await writeFile(join(folder, 'etc/master.cf'), masterCf(port));
      await addAccount(folder, options.account);
      const configuration = join(folder, 'etc');
      await execute('postfix', ['-c', configuration, 'check']);
      // It ends all of its group. What it starts would hold our end of its standard error.
      return ['sh', '-c', `exec setsid ${DAEMONS}/master -c ${configuration} -d 2>/dev/null`];
    },
    answers: (_, port) => greets(port),
  });

const execute = (command: string, args: readonly string[], input = ''): Promise<unknown> => {
  const ended = promisify(execFile)(command, args, { env: WITH_SBIN });
  // Some end before they have read nothing.
  ended.child.stdin?.on('error', () => undefined).end(input);
  return ended;
};

const REALM = 'relay.holder.example';

async function addAccount(folder: string, { user, password }: PostfixOptions['account']) {
  const database = join(folder, 'sasldb2');
  await execute('saslpasswd2', ['-p', '-c', '-f', database, '-u', REALM, user], password);
  await execute('chown', ['postfix', database]);
  const conf = [
    'pwcheck_method: auxprop',
    'auxprop_plugin: sasldb',
    `sasldb_path: ${database}`,
    'mech_list: PLAIN LOGIN',
  ];
  // Where Debian's looks, and where all others are told to.
  await writeFile(join(folder, 'etc/sasl/smtpd.conf'), `${conf.join('\n')}\n`);
}

/** What docs/relay.md says of main.cf. */
export const POSTFIX_SETTINGS = `myhostname = relay.holder.example
mydestination =
local_recipient_maps =
mynetworks =
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject
local_header_rewrite_clients =
always_add_missing_headers = no
message_size_limit = 41943040
mailbox_size_limit = 0
maximal_queue_lifetime = 45m
bounce_queue_lifetime = 45m
minimal_backoff_time = 2m
maximal_backoff_time = 10m
queue_run_delay = 2m
delay_warning_time = 20m
`;

const mainCf = (folder: string, { passesOnTo }: PostfixOptions): string => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = ${DAEMONS}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
relayhost = [${passesOnTo.replace(/:(\d+)$/, ']:$1')}
cyrus_sasl_config_path = ${folder}/etc/sasl
smtpd_sasl_local_domain = ${REALM}
smtpd_tls_cert_file = ${folder}/relay.crt
smtpd_tls_key_file = ${folder}/relay.key

${POSTFIX_SETTINGS}`;

const masterCf = (port: number): string => `
127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
`;

/** Whether somebody says 220 there. */
const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(2000, () => socket.destroy());
    socket.once('data', (said) => {
      resolve(said.toString('latin1').startsWith('220'));
      socket.end('QUIT\r\n');
    });
    socket.on('error', () => undefined).once('close', () => resolve(false));
  });
