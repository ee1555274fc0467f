import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { functionMetrics } from '../../shared/adapters/function-metrics.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { patients, requests, triggers, hearings } = await dynamoStoresWithPatients(
  env.MAIN_TABLE,
  env.PEPPER_SECRET,
);
const settings = readSettings(env.SETTINGS_FILE);
const now = () => new Date();

export const handler = makeHandler({
  patients,
  requests,
  triggers,
  hearings,
  settings,
  metrics: functionMetrics({ stage: settings.stage, now }),
  now,
  log: functionLog('events'),
});
