import { readSettings } from '../../shared/adapters/settings-file.ts';
import { tokenVerifier } from '../../shared/adapters/token-verifier.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);

export const handler = makeHandler({
  verify: tokenVerifier({ issuer: env.ISSUER_URL, audience: env.AUDIENCE }),
  clients: settings.xdr,
  now: () => new Date(),
});
