import type { SuiteResult } from '../conformance/suite.ts';
import { runMatrix, type Cell } from '../matrix/run-matrix.ts';
import { runReads } from '../reads/run-reads.ts';

/** Every cell of both tables of docs/interop.md: what others read of ours, and what we read of theirs. */
export async function runInterop(): Promise<SuiteResult> {
  const cells = (await runMatrix()).map((cell) => ({
    ...cell,
    id: `${cell.variant} / ${cell.reader}`,
  }));
  const reads = (await runReads()).map((each) => ({ ...each, id: `${each.group}: ${each.name}` }));
  const aside = cells.flatMap((cell) => whyAside(cell) ?? []);
  const counted = [
    ...cells
      .filter((cell) => whyAside(cell) === undefined)
      .map(({ id, reading: expected, got = 'nothing' }) => ({ id, expected, got })),
    ...reads.map(({ id, expected, got }) => ({ id, expected, got })),
  ];
  const failed = counted.filter(({ expected, got }) => got !== expected);
  return {
    passed: counted.length - failed.length,
    total: counted.length,
    notApplicable: aside.length,
    reasons: [...new Set(aside)],
    failed,
  };
}

/** A limit that is the reader's own, as long as it has it; a reader that is not there. */
function whyAside({ reader, reading, got, why }: Cell): string | undefined {
  if (got === undefined) return `${reader} is not installed`;
  return got === reading ? why : undefined;
}
