import { httpPorts } from '../../shared/adapters/http-ports.ts';
import { s3MailDrop } from '../../shared/adapters/s3-mail-drop.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);

export const handler = makeHandler({
  drop: s3MailDrop(env.MAIL_BUCKET),
  ...httpPorts('inbound-mail', env, readSettings(env.SETTINGS_FILE)),
});
