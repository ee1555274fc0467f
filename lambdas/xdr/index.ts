import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { httpPorts } from '../../shared/adapters/http-ports.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { waysByHisp } from '../../shared/relay-way.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { patients, consents, requests, ledger, submissions, stops } = await dynamoStoresWithPatients(
  env.MAIN_TABLE,
  env.PEPPER_SECRET,
);

const settings = readSettings(env.SETTINGS_FILE);

export const handler = makeHandler({
  patients,
  consents,
  requests,
  ledger,
  submissions,
  stops,
  recordBytes: s3Bytes(env.RECORDS_BUCKET),
  goesByHisp: waysByHisp(env.RELAY_URL, settings.relay),
  ...httpPorts('xdr', env, settings),
});
