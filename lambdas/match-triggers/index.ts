import { dynamoTable } from '../../shared/adapters/dynamo/table.ts';
import { ledger } from '../../shared/adapters/dynamo/ledger.ts';
import { transmitRequestStore } from '../../shared/adapters/dynamo/transmit-requests.ts';
import { triggerStore } from '../../shared/adapters/dynamo/triggers.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { jsonLog } from '../../shared/log.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const table = dynamoTable(env.MAIN_TABLE);

export const handler = makeHandler({
  triggers: triggerStore(table),
  requests: transmitRequestStore(table),
  ledger: ledger(table),
  settings: readSettings(env.SETTINGS_FILE),
  now: () => new Date(),
  log: jsonLog((line) => process.stdout.write(line), 'match-triggers'),
});
