import { oneLine } from '../characters.ts';
import { done, type Outcome } from '../outcome.ts';
import type { SubmissionSet } from './read/described-set.ts';
import { finderOf } from './read/find-file.ts';
import { layoutOf } from './read/layout.ts';
import { openZip } from './read/zip/open-zip.ts';
import type { XdmProblem } from './read/problems.ts';
import { readSubset, type ReadSubset, type XdmDocument } from './read/read-subset.ts';

export interface ReadXdm {
  /** Of all submission sets, in the order of the metadata; those that are described and not there are left out. */
  readonly documents: readonly XdmDocument[];
  /** Nearly always one. */
  readonly submissionSets: readonly SubmissionSet[];
  /** Every deviation that was read over; a good package has none. */
  readonly problems: readonly XdmProblem[];
}

/**
 * Reads an XDM package that somebody else made and sent by mail or XDR, as far as its sense is beyond doubt: names
 * in any case, the whole in a folder, backslashes, lost slashes; documents by their URI, else by their SHA-1.
 * In memory only. It does not judge: a document whose hash differs comes out with that verdict, and whoever takes
 * it in decides.
 *
 * @failure package/bad-zip, package/encrypted, package/over-limits, package/bad-names, package/not-xdm,
 *   package/bad-metadata
 * @see IHE ITI-32, 3.32.4.1.2
 */
export function readXdm(zip: Uint8Array): Outcome<ReadXdm> {
  const opened = openZip(zip);
  if (!opened.ok) return opened;
  const layout = layoutOf(opened.value);
  if (!layout.ok) return layout;
  const { subsets, files, problems } = layout.value;
  const finder = finderOf(files);
  const read: ReadSubset[] = [];
  for (const subset of subsets) {
    const contents = readSubset(subset, finder);
    if (!contents.ok) return contents;
    read.push(contents.value);
  }
  return done({
    documents: read.flatMap(({ documents }) => documents),
    submissionSets: read.flatMap(({ set }) => set ?? []),
    problems: [...problems, ...read.flatMap((each) => each.problems)].map(presentable),
  });
}

/** Names come from outside: on one line, and not longer than a line. */
const presentable = ({ code, where }: XdmProblem): XdmProblem => ({
  code,
  where: oneLine(where, 255),
});
