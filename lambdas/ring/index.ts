import { functionLog } from '../../shared/adapters/function-log.ts';
import { sqsDoorbell } from '../../shared/adapters/sqs-doorbell.ts';
import { readEnv } from '../../shared/env.ts';
import { ENV } from './env.ts';
import { makeHandler } from './handler.ts';

const env = readEnv(ENV, process.env);

export const handler = makeHandler({
  bells: {
    trigger: sqsDoorbell(env.MATCH_QUEUE_URL),
    transmission: sqsDoorbell(env.SEND_QUEUE_URL),
    answer: sqsDoorbell(env.SEND_QUEUE_URL),
    delivery: sqsDoorbell(env.DELIVER_WEBHOOK_QUEUE_URL),
  },
  log: functionLog('ring'),
});
