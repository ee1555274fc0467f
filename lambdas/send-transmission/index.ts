import { randomUUID } from 'node:crypto';
import { dnsDirectory } from '../../shared/adapters/dns.ts';
import { ledger } from '../../shared/adapters/dynamo/ledger.ts';
import { patientStore } from '../../shared/adapters/dynamo/patients.ts';
import { recordStore } from '../../shared/adapters/dynamo/records.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table.ts';
import { relayAt } from '../../shared/adapters/relays.ts';
import { s3Bytes } from '../../shared/adapters/s3-bytes.ts';
import { secretKeys, secretText } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { keyingWith } from '../../shared/ids.ts';
import { jsonLog } from '../../shared/log.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const table = dynamoTable(env.MAIN_TABLE);
const settings = readSettings(env.SETTINGS_FILE);
const keys = secretKeys(env.IDENTITY_SECRET);
const keying = keyingWith(await secretText(env.PEPPER_SECRET));

export const handler = makeHandler({
  patients: patientStore(table, keying),
  records: recordStore(table),
  recordBytes: s3Bytes(env.RECORDS_BUCKET),
  messages: s3Bytes(env.MESSAGES_BUCKET),
  directory: dnsDirectory({ resolvers: env.RESOLVERS }),
  anchors: anchorsOf(settings),
  keys,
  messageIdSecret: () => secretText(env.MESSAGE_ID_SECRET),
  ledger: ledger(table),
  relay: relayAt(env.RELAY_URL),
  settings,
  newOwner: randomUUID,
  now: () => new Date(),
  log: jsonLog((line) => process.stdout.write(line), 'send-transmission'),
});
