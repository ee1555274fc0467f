import { table } from '../../bench/report/table.ts';
import type { ReadResult } from '../reads/run-reads.ts';

/** A table for each group, in their order. */
export function readsSection(results: readonly ReadResult[]): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  return groups
    .map((group) => {
      const rows = results.filter((each) => each.group === group);
      const cells = rows.map(({ name, got }) => [name, got]);
      return `### ${group}\n\n${table(['made with openssl', 'read by us'], cells)}`;
    })
    .join('\n\n');
}
