import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { s3Incoming } from '../../shared/adapters/s3-incoming.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);

export const handler = makeHandler({
  ...(await dynamoStoresWithPatients(env.MAIN_TABLE, env.PEPPER_SECRET)),
  recordBytes: s3Bytes(env.RECORDS_BUCKET),
  incoming: s3Incoming(env.UPLOADS_BUCKET),
  settings,
  ...functionPorts('accept-upload', settings),
});
