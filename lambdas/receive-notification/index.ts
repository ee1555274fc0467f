import { ledger } from '../../shared/adapters/dynamo/ledger.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { secretKeys } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { jsonLog } from '../../shared/log.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);

export const handler = makeHandler({
  mail: s3Bytes(env.MAIL_BUCKET),
  keys: secretKeys(env.IDENTITY_SECRET),
  settings: readSettings(env.SETTINGS_FILE),
  ledger: ledger(dynamoTable(env.MAIN_TABLE)),
  now: () => new Date(),
  log: jsonLog((line) => process.stdout.write(line), 'receive-notification'),
});
