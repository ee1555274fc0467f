import { patientStore } from '../../shared/adapters/dynamo/patients.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table.ts';
import { transmitRequestStore } from '../../shared/adapters/dynamo/transmit-requests.ts';
import { triggerStore } from '../../shared/adapters/dynamo/triggers.ts';
import { secretText } from '../../shared/adapters/secrets.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { keyingWith } from '../../shared/ids.ts';
import { jsonLog } from '../../shared/log.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const table = dynamoTable(env.MAIN_TABLE);

export const handler = makeHandler({
  patients: patientStore(table, keyingWith(await secretText(env.PEPPER_SECRET))),
  requests: transmitRequestStore(table),
  triggers: triggerStore(table),
  settings: readSettings(env.SETTINGS_FILE),
  now: () => new Date(),
  log: jsonLog((line) => process.stdout.write(line), 'events'),
});
