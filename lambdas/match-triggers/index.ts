import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);

export const handler = makeHandler({
  ...dynamoStores(env.MAIN_TABLE),
  settings: readSettings(env.SETTINGS_FILE),
  now: () => new Date(),
  log: functionLog('match-triggers'),
});
