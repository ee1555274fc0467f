import { randomUUID } from 'node:crypto';
import { dynamoStoresWithPatients } from '../../shared/adapters/dynamo/stores.ts';
import { httpPorts } from '../../shared/adapters/http-ports.ts';
import { s3Post } from '../../shared/adapters/s3-post.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { uploadIdOf } from '../../shared/ids.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { patients, uploads, stops } = await dynamoStoresWithPatients(
  env.MAIN_TABLE,
  env.PEPPER_SECRET,
);

export const handler = makeHandler({
  patients,
  uploads,
  stops,
  signPost: s3Post(env.UPLOADS_BUCKET, env.UPLOADS_KEY),
  newUploadId: () => uploadIdOf(randomUUID() + randomUUID()),
  ...httpPorts('uploads', env, readSettings(env.SETTINGS_FILE)),
});
