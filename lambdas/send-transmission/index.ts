import { randomUUID } from 'node:crypto';
import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { recipientPorts } from '../../shared/adapters/recipient-ports.ts';
import { relayRoutes } from '../../shared/adapters/relay-routes.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { secretKeys, secretText } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const told = functionPorts('send-transmission', settings);

export const handler = makeHandler({
  ...(await dynamoStoresWithPatients(env.MAIN_TABLE, env.PEPPER_SECRET)),
  recordBytes: s3Bytes(env.RECORDS_BUCKET),
  messages: s3Bytes(env.MESSAGES_BUCKET),
  ...recipientPorts(env, settings, told.log),
  keys: secretKeys(env.IDENTITY_SECRET),
  messageIdSecret: () => secretText(env.MESSAGE_ID_SECRET),
  ...relayRoutes(env, settings, told),
  settings,
  newOwner: randomUUID,
  ...told,
});
