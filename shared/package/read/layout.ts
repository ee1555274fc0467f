import { done, fail, type Outcome } from '../../outcome.ts';
import { readXml } from './bounded-xml.ts';
import { LIMITS } from './limits.ts';
import type { OpenedZip, PackedFile } from './zip/open-zip.ts';
import type { XdmProblem, XdmProblemCode } from './problems.ts';

/** A directory with one METADATA.XML and the documents that it describes. */
export interface Subset {
  /** What stands before the names of its files, as `IHE_XDM/SUBSET01/`; a package with lost slashes has none at the end. */
  readonly folder: string;
  readonly metadata: PackedFile;
}

export interface Layout {
  readonly subsets: readonly Subset[];
  /** Without what operating systems add. */
  readonly files: readonly PackedFile[];
  readonly problems: readonly XdmProblem[];
}

interface Found extends Subset {
  /** The folder that holds the whole package, or nothing. */
  readonly root: string;
  readonly isOwnFolder: boolean;
}

const METADATA = /^(?<root>[^/]+\/)?IHE_XDM\/(?<subset>[^/]*?)(?<slash>\/?)METADATA\.XML$/i;
const OF_SYSTEMS = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Finds the submission sets of a package, at the top of a zip or else in a folder of it, in whatever case the names are.
 *
 * @failure package/not-xdm, package/over-limits
 * @see IHE ITI-32, 3.32.4.1.2
 */
export function layoutOf({ files: all, directories, hasBackslashes }: OpenedZip): Outcome<Layout> {
  const files = all.filter(({ name }) => !OF_SYSTEMS.test(name));
  const found = files.flatMap((file) => metadataAt(file) ?? []);
  const root = found.some((each) => each.root === '') ? '' : found[0]?.root;
  if (root === undefined) return fail('package/not-xdm');
  const subsets = found.filter((each) => each.root === root && !isShadowed(each, found));
  if (subsets.length > LIMITS.submissionSets) {
    return fail('package/over-limits', `${subsets.length} submission sets`);
  }
  const added = all.find(({ name }) => OF_SYSTEMS.test(name));
  return done({
    subsets,
    files,
    problems: [
      ...problem('other-files', added?.name),
      ...problem('backslash', hasBackslashes ? subsets[0]?.metadata.name : undefined),
      ...problem('leading-folder', root || undefined),
      ...found
        .filter((each) => !subsets.includes(each))
        .flatMap(({ metadata }) => problem('second-copy', metadata.name)),
      ...subsets.flatMap((subset) => subsetProblems(subset, directories)),
      ...pageProblems(files, root),
    ],
  });
}

function metadataAt(metadata: PackedFile): Found | undefined {
  const match = METADATA.exec(metadata.name);
  if (!match) return undefined;
  const root = match.groups?.['root'] ?? '';
  const isOwnFolder = match.groups?.['slash'] === '/' && match.groups['subset'] !== '';
  const folder = metadata.name.slice(0, -'METADATA.XML'.length);
  return { root, folder, metadata, isOwnFolder };
}

/** Two in one directory that differ in case only: the one in capitals is meant, or the first. */
function isShadowed(one: Found, found: readonly Found[]): boolean {
  const beside = found.filter(({ folder }) => folder === one.folder);
  const meant = beside.find(({ metadata }) => metadata.name.endsWith('METADATA.XML')) ?? beside[0];
  return meant !== one;
}

function subsetProblems(
  { root, folder, metadata, isOwnFolder }: Found,
  directories: ReadonlySet<string>,
): XdmProblem[] {
  const below = metadata.name.slice(root.length);
  const expected = isOwnFolder ? [`${root}${below.slice(0, 'IHE_XDM/'.length)}`, folder] : [];
  return [
    ...problem('subset-folder', isOwnFolder ? undefined : metadata.name),
    ...problem('name-case', isCapital(below) ? undefined : metadata.name),
    ...expected
      .filter((name) => !directories.has(name))
      .flatMap((name) => problem('no-directory-entry', name)),
  ];
}

function pageProblems(files: readonly PackedFile[], root: string): XdmProblem[] {
  const named = (name: string): PackedFile | undefined =>
    files.find((file) => file.name.toUpperCase() === `${root.toUpperCase()}${name}`);
  const index = named('INDEX.HTM');
  const readme = named('README.TXT');
  return [
    ...problem('no-index', index ? undefined : `${root}INDEX.HTM`),
    ...problem('no-readme', readme ? undefined : `${root}README.TXT`),
    ...[index, readme]
      .filter((file) => file && !isCapital(file.name.slice(root.length)))
      .flatMap((file) => problem('name-case', file?.name)),
    ...problem('index-malformed', index && !isWellFormed(index) ? index.name : undefined),
  ];
}

function isWellFormed(page: PackedFile): boolean {
  const bytes = page.read();
  return bytes.ok && readXml(bytes.value, { namespaces: [], doctype: 'ignored' }).ok;
}

export const isCapital = (name: string): boolean => name === name.toUpperCase();

/** One problem, or none where there is nothing. */
export const problem = (code: XdmProblemCode, where: string | undefined): XdmProblem[] =>
  where === undefined ? [] : [{ code, where }];
