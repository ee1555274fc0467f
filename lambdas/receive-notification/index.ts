import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { functionMetrics } from '../../shared/adapters/function-metrics.ts';
import { recipientPorts } from '../../shared/adapters/recipient-ports.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { secretKeys } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const log = functionLog('receive-notification');
const { domains, ledger } = dynamoStores(env.MAIN_TABLE);
const now = () => new Date();

export const handler = makeHandler({
  mail: s3Bytes(env.MAIL_BUCKET),
  keys: secretKeys(env.IDENTITY_SECRET),
  ...recipientPorts(env, settings, log),
  settings,
  domains,
  ledger,
  now,
  log,
  metrics: functionMetrics({ stage: settings.stage, now }),
});
