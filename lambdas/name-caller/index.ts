import * as z from 'zod';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { readEnv } from '../../shared/env.ts';
import { KINDS } from '../../shared/kinds.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const KindScopes = z.record(z.enum(KINDS), z.array(z.string()));

export const handler = makeHandler({
  scopes: KindScopes.parse(JSON.parse(env.KIND_SCOPES)),
  log: functionLog('name-caller'),
});
