import { jsonLog } from '../../shared/log.ts';
import { makeHandler } from './handler.ts';

export const handler = makeHandler({
  log: jsonLog((line) => process.stdout.write(line), 'api-description'),
});
