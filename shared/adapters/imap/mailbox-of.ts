import type { Mailbox } from '../../notification/mailbox/mailbox.ts';
import type { MailboxSettings, Settings } from '../../settings.ts';
import { relayCredentials } from '../relay-secret.ts';
import { imapMailbox } from './imap-mailbox.ts';

interface OfSettings {
  readonly mailbox: Mailbox;
  readonly settings: MailboxSettings;
}

/**
 * The mailbox that the settings name.
 *
 * @param secret ARN of the relay secret, which says who logs in
 * @throws Error when they name none: then nobody polls
 */
export function mailboxOf({ mailbox, relay }: Settings, secret: string): OfSettings {
  if (!mailbox) throw new Error('The settings name no mailbox');
  const options = { credentials: relayCredentials(secret), authorities: relay.authorities };
  return { mailbox: imapMailbox(mailbox.url, mailbox.folder, options), settings: mailbox };
}
