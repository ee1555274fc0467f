import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { httpPorts } from '../../shared/adapters/http-ports.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { patients, records, keying, triggers, stops } = await dynamoStoresWithPatients(
  env.MAIN_TABLE,
  env.PEPPER_SECRET,
);

export const handler = makeHandler({
  patients,
  records,
  keying,
  recordBytes: s3Bytes(env.RECORDS_BUCKET),
  triggers,
  stops,
  ...httpPorts('records', env, readSettings(env.SETTINGS_FILE)),
});
