import type { Life } from './life.ts';

/** What still waits when all is over. Requests stand on: they wait for reviews and the like. */
export const leftOver = ({ table }: Pick<Life, 'table'>): readonly string[] =>
  [...table.items()]
    .filter(({ kind, ...item }) => kind !== 'request' && ('dueAt' in item || kind === 'leaving'))
    .map(({ pk, kind }) => `${pk}: a ${String(kind)} still waits`);
