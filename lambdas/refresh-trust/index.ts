import { functionLog } from '../../shared/adapters/function-log.ts';
import { httpFetch } from '../../shared/adapters/http-fetch.ts';
import { s3Anchors } from '../../shared/adapters/s3-anchors.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);

export const handler = makeHandler({
  fetch: httpFetch({ loopback: settings.outboundLoopback, resolvers: env.RESOLVERS }),
  store: s3Anchors(env.TRUST_BUCKET),
  settings,
  now: () => new Date(),
  log: functionLog('refresh-trust'),
});
