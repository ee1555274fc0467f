import { dynamoRetention } from '../../shared/adapters/dynamo/stores.ts';
import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { s3Removal } from '../../shared/adapters/s3-removal.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);

export const handler = makeHandler({
  ...dynamoRetention(env.MAIN_TABLE),
  objects: s3Removal({ messages: env.MESSAGES_BUCKET, records: env.RECORDS_BUCKET }),
  settings,
  ...functionPorts('purge', settings),
});
