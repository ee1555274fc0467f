import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { recipientPorts } from '../../shared/adapters/recipient-ports.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { waysByHisp } from '../../shared/relay-way.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const told = functionPorts('match-triggers', settings);

export const handler = makeHandler({
  ...dynamoStores(env.MAIN_TABLE),
  ...recipientPorts(env, settings, told.log),
  goesByHisp: waysByHisp(env.RELAY_URL, settings.relay),
  ...told,
  settings,
});
