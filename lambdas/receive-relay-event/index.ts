import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { functionMetrics } from '../../shared/adapters/function-metrics.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const { ledger } = dynamoStores(env.MAIN_TABLE);
const now = () => new Date();

export const handler = makeHandler({
  ledger,
  settings,
  now,
  log: functionLog('receive-relay-event'),
  metrics: functionMetrics(settings),
});
