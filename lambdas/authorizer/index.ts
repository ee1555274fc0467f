import { functionLog } from '../../shared/adapters/function-log.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { tokenVerifier } from '../../shared/adapters/tokens/token-verifier.ts';
import { readEnv } from '../../shared/env.ts';
import { issuersOf } from '../../shared/settings-identity.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { identity, xdr } = readSettings(env.SETTINGS_FILE);
const issuers = issuersOf(identity, { url: env.ISSUER_URL, audience: env.AUDIENCE });
const now = () => new Date();

export const handler = makeHandler({
  verify: tokenVerifier(issuers, now),
  issuers,
  revoked: identity.revoked,
  clients: xdr,
  now,
  log: functionLog('authorizer'),
});
