import { bringAnswer } from '../../shared/adapters/bring-answer.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { functionMetrics } from '../../shared/adapters/function-metrics.ts';
import { outsidePorts } from '../../shared/adapters/outside.ts';
import { s3Anchors } from '../../shared/adapters/s3-anchors.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const now = () => new Date();

export const handler = makeHandler({
  ...outsidePorts({
    loopback: settings.outboundLoopback,
    resolvers: env.RESOLVERS,
    transport: settings.discovery.dnsTransport,
  }),
  store: s3Anchors(env.TRUST_BUCKET),
  settings,
  now,
  bring: bringAnswer({ loopback: settings.outboundLoopback }),
  log: functionLog('refresh-trust'),
  metrics: functionMetrics(settings),
});
