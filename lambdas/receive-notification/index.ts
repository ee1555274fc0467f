import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { secretKeys } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { ledger } = dynamoStores(env.MAIN_TABLE);

export const handler = makeHandler({
  mail: s3Bytes(env.MAIL_BUCKET),
  keys: secretKeys(env.IDENTITY_SECRET),
  settings: readSettings(env.SETTINGS_FILE),
  ledger,
  now: () => new Date(),
  log: functionLog('receive-notification'),
});
