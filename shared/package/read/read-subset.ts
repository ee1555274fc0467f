import { done, fail, type Outcome } from '../../outcome.ts';
import { first } from '../../record/xml-tree.ts';
import { LCM, RIM } from '../metadata/ebrim.ts';
import { readXml } from './bounded-xml.ts';
import { readEntries, type DescribedDocument, type Entry } from './described-document.ts';
import { readSubmissionSet, submissionSetIn, type SubmissionSet } from './described-set.ts';
import type { Finder } from './find-file.ts';
import { isCapital, problem, type Subset } from './layout.ts';
import { LIMITS } from './limits.ts';
import { descriptionProblems, objectProblems, setProblems } from './metadata-problems.ts';
import type { PackedFile } from './zip/open-zip.ts';
import type { XdmProblem } from './problems.ts';

/** What the metadata says of the bytes, held against them. */
export type Verdict = 'same' | 'differs' | 'not said';

/** A document of a package that came in. Nothing in it is checked but what the verdicts speak of. */
export interface XdmDocument {
  /** Byte for byte as in the zip. */
  readonly bytes: Uint8Array;
  /** As described; `application/octet-stream` where that is no MIME type. */
  readonly mimeType: string;
  readonly described: DescribedDocument;
  /** Where the zip has it. */
  readonly name: string;
  /** SHA-1. */
  readonly hash: Verdict;
  readonly size: Verdict;
}

export interface ReadSubset {
  readonly set: SubmissionSet | undefined;
  /** In the order of the metadata; those that are described and not there are left out. */
  readonly documents: readonly XdmDocument[];
  readonly problems: readonly XdmProblem[];
}

/**
 * Reads a METADATA.XML and takes the documents that it describes out of the zip.
 *
 * @failure package/bad-metadata, package/bad-zip, package/over-limits
 */
export function readSubset({ folder, metadata }: Subset, finder: Finder): Outcome<ReadSubset> {
  const bytes = metadata.read();
  if (!bytes.ok) return bytes;
  const root = readXml(bytes.value, { namespaces: [LCM, RIM], doctype: 'refused' });
  if (!root.ok) return root;
  const list = first(root.value, 'SubmitObjectsRequest', 'RegistryObjectList');
  if (!list) return fail('package/bad-metadata', 'no SubmitObjectsRequest');
  const found = submissionSetIn(list);
  const set = found && readSubmissionSet(found.set);
  const entries = readEntries(list, found?.set);
  if (entries.length > LIMITS.entries) {
    return fail('package/over-limits', `${entries.length} documents`);
  }
  const problems = [
    ...objectProblems(list, metadata.name),
    ...setProblems(set, found?.isMarked ?? false, metadata.name),
    ...problem('no-documents', entries.length === 0 ? metadata.name : undefined),
  ];
  const documents: XdmDocument[] = [];
  for (const [index, entry] of entries.entries()) {
    const taken = takeOut(entry, `${metadata.name}, document ${index + 1}`, folder, finder);
    if (!taken.ok) return taken;
    problems.push(...taken.value.problems);
    if (taken.value.document) documents.push(taken.value.document);
  }
  return done({ set, documents, problems });
}

interface Taken {
  readonly document?: XdmDocument;
  readonly problems: readonly XdmProblem[];
}

function takeOut(entry: Entry, place: string, folder: string, finder: Finder): Outcome<Taken> {
  const { described } = entry;
  const { uri, hash } = described;
  const named = uri === undefined ? undefined : finder.byUri(folder, uri);
  const file = named ?? (hash === undefined ? undefined : finder.bySha1(hash));
  const said = descriptionProblems(entry, file?.name ?? place);
  if (!file) return done({ problems: [...said, ...problem('not-found', place)] });
  const bytes = file.read();
  if (!bytes.ok) return bytes;
  const document: XdmDocument = {
    bytes: bytes.value,
    mimeType: described.mimeType ?? 'application/octet-stream',
    described,
    name: file.name,
    hash: verdict(hash, file.sha1()),
    size: verdict(described.size, bytes.value.length),
  };
  const byHash = named ? undefined : file.name;
  return done({
    document,
    problems: [...said, ...problem('found-by-hash', byHash), ...fileProblems(document, file)],
  });
}

const verdict = <T>(said: T | undefined, is: T | undefined): Verdict => {
  if (said === undefined) return 'not said';
  return said === is ? 'same' : 'differs';
};

const ISO_9660 = /^[A-Z0-9_]{1,8}(?:\.[A-Z0-9_]{1,3})?$/;

function fileProblems({ hash, size }: XdmDocument, { name }: PackedFile): XdmProblem[] {
  const own = name.slice(name.lastIndexOf('/') + 1);
  const isForm = ISO_9660.test(own.toUpperCase());
  return [
    ...problem('name-case', isCapital(own) ? undefined : name),
    ...problem('name-form', isForm ? undefined : name),
    ...problem('hash-differs', hash === 'differs' ? name : undefined),
    ...problem('size-differs', size === 'differs' ? name : undefined),
  ];
}
