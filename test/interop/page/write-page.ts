import { runMatrix } from '../matrix/run-matrix.ts';
import { runReads } from '../reads/run-reads.ts';
import { ettSection } from './ett-section.ts';
import { withSection, type Section } from './marks.ts';
import { matrixSection } from './matrix-section.ts';
import { readPage, writePage } from './page-file.ts';
import { readsSection } from './reads-section.ts';
import { xdrSection } from './xdr-section.ts';

const SECTIONS: Readonly<Record<Section, () => Promise<string>>> = {
  matrix: async () => matrixSection(await runMatrix()),
  reads: async () => readsSection(await runReads()),
  xdr: xdrSection,
  ett: ettSection,
};

/** Runs all that docs/interop.md speaks of, and writes down what came of it, good or not. */
export async function writeInteropPage(): Promise<void> {
  let page = readPage();
  for (const [section, write] of Object.entries(SECTIONS)) {
    page = withSection(page, section as Section, await write());
  }
  writePage(page);
}
