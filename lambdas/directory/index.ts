import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { httpPorts } from '../../shared/adapters/http-ports.ts';
import { placePorts } from '../../shared/adapters/place-ports.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const { patients, requests, ledger } = await dynamoStoresWithPatients(
  env.MAIN_TABLE,
  env.PEPPER_SECRET,
);

export const handler = makeHandler({
  ...placePorts(env, settings),
  patients,
  requests,
  ledger,
  ...httpPorts('directory', env, settings),
});
