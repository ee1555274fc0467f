import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Login } from '../credentials/shown-to.ts';

/**
 * XOAUTH2 under a name of our own: in the place of one that the library knows it may choose another, and a token is
 * no password.
 */
const TOKEN = 'TOKEN';

/**
 * The way to show it, of those that the server offers; nothing is shown in any other.
 *
 * @param extensions the answer to EHLO
 */
export function mechanismOf({ isToken }: Login, extensions: string): string | undefined {
  const line = /^250[ -]AUTH[ =]([^\r\n]*)/im.exec(extensions)?.[1] ?? '';
  const offered = line.toUpperCase().split(/\s+/);
  if (isToken) return offered.includes('XOAUTH2') ? TOKEN : undefined;
  return ['PLAIN', 'LOGIN'].find((mechanism) => offered.includes(mechanism));
}

/** What the library asks to log in by a mechanism that it does not know. */
export const CUSTOM_LOGINS = { [TOKEN]: saslXoauth2 };

/** Its refusal may come after a challenge that says why. */
async function saslXoauth2(session: SMTPConnection.CustomAuthenticationContext): Promise<void> {
  const { user, pass } = session.auth.credentials;
  const shown = Buffer.from(`user=${user}\x01auth=Bearer ${pass}\x01\x01`).toString('base64');
  let reply = await session.sendCommand(`AUTH XOAUTH2 ${shown}`);
  if (reply.status === 334) reply = await session.sendCommand('');
  if (reply.status !== 235) throw new Error('The token was refused');
}
