import { dnsDirectory } from '../../shared/adapters/dns.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { jsonLog } from '../../shared/log.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);

export const handler = makeHandler({
  directory: dnsDirectory({ resolvers: env.RESOLVERS }),
  settings: readSettings(env.SETTINGS_FILE),
  now: () => new Date(),
  log: jsonLog((line) => process.stdout.write(line), 'addresses'),
});
