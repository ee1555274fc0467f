import { dueIndex } from '../../shared/adapters/dynamo/due-index.ts';
import { ledger } from '../../shared/adapters/dynamo/ledger.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { sqsDoorbell } from '../../shared/adapters/sqs-doorbell.ts';
import { readEnv } from '../../shared/env.ts';
import { jsonLog } from '../../shared/log.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const table = dynamoTable(env.MAIN_TABLE);

export const handler = makeHandler({
  dueIndex: dueIndex(table),
  ledger: ledger(table),
  bells: {
    trigger: sqsDoorbell(env.MATCH_QUEUE_URL),
    transmission: sqsDoorbell(env.SEND_QUEUE_URL),
  },
  settings: readSettings(env.SETTINGS_FILE),
  now: () => new Date(),
  log: jsonLog((line) => process.stdout.write(line), 'sweep'),
});
