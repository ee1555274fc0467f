import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { secretText } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { submitterPorts } from '../../shared/adapters/submitter-ports.ts';
import { webhookPost } from '../../shared/adapters/webhook-post.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const told = functionPorts('deliver-webhook', settings);

export const handler = makeHandler({
  ...dynamoStores(env.MAIN_TABLE),
  ...submitterPorts(env, settings, told),
  post: webhookPost({ loopback: settings.outboundLoopback, resolvers: env.RESOLVERS }).post,
  webhookSecret: () => secretText(env.WEBHOOK_SECRET),
  random: Math.random,
  ...told,
});
