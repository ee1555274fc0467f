import { httpPorts } from '../../shared/adapters/http-ports.ts';
import { recipientPorts } from '../../shared/adapters/recipient-ports.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { waysByHisp } from '../../shared/relay-way.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);
const ports = httpPorts('addresses', env, settings);

export const handler = makeHandler({
  ...recipientPorts(env, settings, ports.log),
  goesByHisp: waysByHisp(env.RELAY_URL, settings.relay),
  ...ports,
});
