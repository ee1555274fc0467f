import { patientStore } from '../../shared/adapters/dynamo/patients.ts';
import { dynamoTable } from '../../shared/adapters/dynamo/table.ts';
import { secretText } from '../../shared/adapters/secrets.ts';
import { readEnv } from '../../shared/env.ts';
import { keyingWith, patientKeyOf } from '../../shared/ids.ts';
import { jsonLog } from '../../shared/log.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const keying = keyingWith(await secretText(env.PEPPER_SECRET));

export const handler = makeHandler({
  patients: patientStore(dynamoTable(env.MAIN_TABLE), keying),
  keyOf: (id) => patientKeyOf(id, keying),
  log: jsonLog((line) => process.stdout.write(line), 'patients'),
});
