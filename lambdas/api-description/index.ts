import { readDescription } from '../../shared/adapters/api-description.ts';
import { functionLog } from '../../shared/adapters/function-log.ts';
import { makeHandler } from './handler.ts';

export const handler = makeHandler({
  description: readDescription(),
  log: functionLog('api-description'),
});
