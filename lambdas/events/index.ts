import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { httpPorts } from '../../shared/adapters/http-ports.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { patients, requests, triggers, hearings, stops } = await dynamoStoresWithPatients(
  env.MAIN_TABLE,
  env.PEPPER_SECRET,
);

export const handler = makeHandler({
  patients,
  requests,
  triggers,
  hearings,
  stops,
  ...httpPorts('events', env, readSettings(env.SETTINGS_FILE)),
});
