import { dynamoAudit } from '../../shared/adapters/audit/audit.ts';
import { happeningIn } from '../../shared/adapters/dynamo/stream-image.ts';
import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { eventBridgeBus } from '../../shared/adapters/eventbridge-bus.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { functionMetrics } from '../../shared/adapters/function-metrics.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { sqsDoorbell } from '../../shared/adapters/sqs-doorbell.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const now = (): Date => new Date();

export const handler = makeHandler({
  ...dynamoStores(env.MAIN_TABLE),
  audit: dynamoAudit(env.AUDIT_TABLE),
  bus: eventBridgeBus(env.EVENT_BUS),
  bell: sqsDoorbell(env.MATCH_QUEUE_URL),
  happeningIn,
  settings,
  metrics: functionMetrics(settings),
  now,
  log: functionLog('report'),
});
