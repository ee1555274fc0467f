import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { mailboxOf } from '../../shared/adapters/imap/mailbox-of.ts';
import { s3MailDrop } from '../../shared/adapters/s3-mail-drop.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);

export const handler = makeHandler({
  ...mailboxOf(settings, env.RELAY_SECRET),
  watermarks: dynamoStores(env.MAIN_TABLE).watermarks,
  drop: s3MailDrop(env.MAIL_BUCKET),
  ...functionPorts('poll-mailbox', settings),
});
