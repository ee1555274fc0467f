import { functionLog } from '../../shared/adapters/function-log.ts';
import { makeHandler } from './handler.ts';

export const handler = makeHandler({
  log: functionLog('api-description'),
});
