import { answerCounter } from '../../shared/adapters/dynamo/scratch/answer-counter.ts';
import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { recipientPorts } from '../../shared/adapters/recipient-ports.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { s3MailDrop } from '../../shared/adapters/s3-mail-drop.ts';
import { secretDecryptionKeys } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const told = functionPorts('receive-notification', settings);

export const handler = makeHandler({
  ...dynamoStores(env.MAIN_TABLE),
  mail: s3Bytes(env.MAIL_BUCKET),
  kept: s3MailDrop(env.MAIL_BUCKET),
  keys: secretDecryptionKeys(env.DECRYPTION_SECRET),
  ...recipientPorts(env, settings, told.log),
  answerCounter: answerCounter(env, told.log),
  settings,
  ...told,
});
