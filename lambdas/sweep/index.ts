import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { sqsDoorbell } from '../../shared/adapters/sqs-doorbell.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const { ledger, dueIndex } = dynamoStores(env.MAIN_TABLE);

export const handler = makeHandler({
  dueIndex,
  ledger,
  bells: {
    trigger: sqsDoorbell(env.MATCH_QUEUE_URL),
    transmission: sqsDoorbell(env.SEND_QUEUE_URL),
    delivery: sqsDoorbell(env.DELIVER_WEBHOOK_QUEUE_URL),
  },
  settings,
  ...functionPorts('sweep', settings),
});
