import { randomUUID } from 'node:crypto';
import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { recipientPorts } from '../../shared/adapters/recipient-ports.ts';
import { relayAt } from '../../shared/adapters/relays.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { secretKeys, secretText } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const log = functionLog('send-transmission');

export const handler = makeHandler({
  ...(await dynamoStoresWithPatients(env.MAIN_TABLE, env.PEPPER_SECRET)),
  recordBytes: s3Bytes(env.RECORDS_BUCKET),
  messages: s3Bytes(env.MESSAGES_BUCKET),
  ...recipientPorts(env, settings, log),
  keys: secretKeys(env.IDENTITY_SECRET),
  messageIdSecret: () => secretText(env.MESSAGE_ID_SECRET),
  relay: relayAt(env.RELAY_URL, settings),
  settings,
  newOwner: randomUUID,
  now: () => new Date(),
  log,
});
