import { ledger } from '../../shared/adapters/dynamo/ledger.ts';
import { patientStore } from '../../shared/adapters/dynamo/patients.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table.ts';
import { secretText } from '../../shared/adapters/secrets.ts';
import { readEnv } from '../../shared/env.ts';
import { keyingWith } from '../../shared/ids.ts';
import { jsonLog } from '../../shared/log.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const table = dynamoTable(env.MAIN_TABLE);

export const handler = makeHandler({
  patients: patientStore(table, keyingWith(await secretText(env.PEPPER_SECRET))),
  ledger: ledger(table),
  log: jsonLog((line) => process.stdout.write(line), 'transmissions'),
});
