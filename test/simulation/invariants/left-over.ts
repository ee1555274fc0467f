import { isDue } from '../../../shared/adapters/dynamo/keys.ts';
import type { Life } from './life.ts';

/** What still waits when all is over. Requests stand on: they wait for reviews and the like. */
export const leftOver = ({ table }: Pick<Life, 'table'>): readonly string[] =>
  [...table.items()]
    .filter((item) => item['kind'] !== 'request')
    .filter((item) => isDue(item) || item['kind'] === 'leaving')
    .map(({ pk, kind }) => `${pk}: a ${String(kind)} still waits`);
