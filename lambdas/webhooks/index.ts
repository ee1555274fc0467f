import { dynamoStores } from '../../shared/adapters/dynamo/stores.ts';
import { httpPorts } from '../../shared/adapters/http-ports.ts';
import { secretText } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { webhookPost } from '../../shared/adapters/webhook-post.ts';
import { cursorsWith } from '../../shared/cursors.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const { webhooks } = dynamoStores(env.MAIN_TABLE);

export const handler = makeHandler({
  webhooks,
  isOpen: webhookPost({ loopback: settings.outboundLoopback, resolvers: env.RESOLVERS }).isOpen,
  cursors: cursorsWith(await secretText(env.WEBHOOK_SECRET)),
  webhookSecret: () => secretText(env.WEBHOOK_SECRET),
  ...httpPorts('webhooks', env, settings),
});
