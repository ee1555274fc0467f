import { functionPorts } from '../../shared/adapters/function-ports.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { tokenVerifier } from '../../shared/adapters/tokens/token-verifier.ts';
import { readEnv } from '../../shared/env.ts';
import { issuersOf } from '../../shared/settings-identity.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const { stage, identity, xdr } = readSettings(env.SETTINGS_FILE);
const told = functionPorts('authorizer', { stage });
const issuers = issuersOf(identity, { url: env.ISSUER_URL, audience: env.AUDIENCE });

export const handler = makeHandler({
  verify: tokenVerifier(issuers, told.now),
  issuers,
  revoked: identity.revoked,
  clients: xdr,
  ...told,
});
