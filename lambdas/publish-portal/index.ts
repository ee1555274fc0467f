import { bringAnswer } from '../../shared/adapters/bring-answer.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { readHostedFiles, s3HostedFiles } from '../../shared/adapters/hosted-files.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);

export const handler = makeHandler({
  files: readHostedFiles(env.PORTAL_FILES),
  signIn: env.SIGN_IN,
  hosted: s3HostedFiles(env.PORTAL_BUCKET),
  bring: bringAnswer({ loopback: settings.outboundLoopback }),
  log: functionLog('publish-portal'),
});
