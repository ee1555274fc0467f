import { bringAnswer } from '../../shared/adapters/bring-answer.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { sesActiveRuleSet } from '../../shared/adapters/ses/active-rule-set.ts';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);
const settings = readSettings(env.SETTINGS_FILE);

export const handler = makeHandler({
  ruleSet: env.RECEIPT_RULE_SET,
  active: sesActiveRuleSet(),
  bring: bringAnswer({ loopback: settings.outboundLoopback }),
  log: functionLog('activate-receipt-rules'),
});
