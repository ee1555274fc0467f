import { runMatrix } from '../matrix/run-matrix.ts';
import { runReads } from '../reads/run-reads.ts';
import { withSection } from './marks.ts';
import { matrixSection } from './matrix-section.ts';
import { readPage, writePage } from './page-file.ts';
import { readsSection } from './reads-section.ts';

/** Runs all that docs/interop.md speaks of, and writes down what came of it, good or not. */
export async function writeInteropPage(): Promise<void> {
  const withMatrix = withSection(readPage(), 'matrix', matrixSection(await runMatrix()));
  writePage(withSection(withMatrix, 'reads', readsSection(await runReads())));
}
