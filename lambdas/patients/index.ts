import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { patients, requests, keyOf } = await dynamoStoresWithPatients(
  env.MAIN_TABLE,
  env.PEPPER_SECRET,
);

export const handler = makeHandler({
  patients,
  requests,
  keyOf,
  now: () => new Date(),
  log: functionLog('patients'),
});
