import { randomUUID } from 'node:crypto';
import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { recipientPorts } from '../../shared/adapters/recipient-ports.ts';
import { recordPorts } from '../../shared/adapters/record-source.ts';
import { relayRoutes } from '../../shared/adapters/relay-routes.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { secretSigningKeys, secretText } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const told = functionPorts('send-transmission', settings);

const outside = recipientPorts(env, settings, told.log);

export const handler = makeHandler({
  ...(await recordPorts(env, settings, { ...outside, ...told })),
  messages: s3Bytes(env.MESSAGES_BUCKET),
  ...outside,
  keys: secretSigningKeys(env.SIGNING_SECRET),
  messageIdSecret: () => secretText(env.MESSAGE_ID_SECRET),
  ...relayRoutes(env, settings, told),
  settings,
  newOwner: randomUUID,
  ...told,
});
