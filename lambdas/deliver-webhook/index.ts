import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { functionMetrics } from '../../shared/adapters/function-metrics.ts';
import { secretText } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { webhookPost } from '../../shared/adapters/webhook-post.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { outboundLoopback: loopback, stage } = readSettings(env.SETTINGS_FILE);
const { webhooks, deliveries } = dynamoStores(env.MAIN_TABLE);
const now = (): Date => new Date();

export const handler = makeHandler({
  webhooks,
  deliveries,
  post: webhookPost({ loopback, resolvers: env.RESOLVERS }).post,
  webhookSecret: () => secretText(env.WEBHOOK_SECRET),
  random: Math.random,
  metrics: functionMetrics({ stage, now }),
  now,
  log: functionLog('deliver-webhook'),
});
