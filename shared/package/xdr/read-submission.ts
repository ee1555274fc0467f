import { createHash } from 'node:crypto';
import { done, fail, type Outcome } from '../../outcome.ts';
import { all, type XmlElement } from '../../record/xml-tree.ts';
import { LCM, RIM } from '../metadata/ebrim.ts';
import { readEntries, type DescribedDocument, type Entry } from '../read/described-document.ts';
import { readSubmissionSet, submissionSetIn, type SubmissionSet } from '../read/described-set.ts';
import { descriptionProblems, objectProblems, setProblems } from '../read/metadata-problems.ts';
import type { DocumentContent } from './document-content.ts';
import { XDR_LIMITS } from './limits.ts';
import { XDSB } from './names.ts';
import { childrenOf, onlyChild, ownOf, type SoapElement } from './soap-tree.ts';
import type { XdrDocument, XdrSubmission } from './xdr.ts';

/** The metadata of a request, and of each of its documents the Document element. */
export interface Provided {
  readonly objects: XmlElement;
  readonly set: SubmissionSet;
  /** In the order of the metadata; at least one. */
  readonly documents: readonly {
    readonly id: string;
    readonly entry: Entry;
    readonly element: SoapElement;
  }[];
}

/**
 * Reads the metadata of a request: one submission set, and as many Document elements as entries, each with its own.
 *
 * @failure package/bad-soap, package/bad-metadata, package/over-limits
 * @see IHE ITI TF-2, 3.41.4.1.2
 */
export function readProvided(request: SoapElement): Outcome<Provided> {
  if (request.namespace !== XDSB || request.name !== 'ProvideAndRegisterDocumentSetRequest')
    return fail('package/bad-soap', 'another request');
  const submit = onlyChild(request, LCM, 'SubmitObjectsRequest');
  const list = onlyChild(submit, RIM, 'RegistryObjectList');
  if (!list) return bad('no RegistryObjectList');
  const own = ownOf(list);
  const objects: XmlElement = { ...own, attributes: { ...own.attributes, xmlns: RIM } };
  const found = submissionSetIn(objects);
  if (!found?.isMarked || all(objects, 'RegistryPackage').length > 1) return bad('not one set');
  const [problem] = objectProblems(objects, '');
  if (problem) return bad(problem.code);
  const ids = all(objects, 'ExtrinsicObject').map(({ attributes }) => attributes['id'] ?? '');
  const elements = byId(childrenOf(request, XDSB, 'Document'));
  if (ids.length > XDR_LIMITS.documents) return fail('package/over-limits', 'documents');
  if (!elements || ids.length === 0 || ids.length !== elements.size) return bad('not one for each');
  const entries = readEntries(objects, found.set);
  const documents = entries.flatMap((entry, index) => {
    const id = ids[index] ?? '';
    const element = elements.get(id);
    return element ? [{ id, entry, element }] : [];
  });
  if (documents.length < ids.length) return bad('a document of another id');
  return done({ objects, set: readSubmissionSet(found.set), documents });
}

/** Undefined when two have the same id. */
function byId(elements: readonly SoapElement[]): ReadonlyMap<string, SoapElement> | undefined {
  const found = new Map(elements.map((each) => [each.attributes['id'] ?? '', each]));
  return found.size === elements.length ? found : undefined;
}

/**
 * Puts metadata and contents together, and holds them against each other.
 *
 * @failure package/bad-metadata, package/hash-mismatch
 */
export function readSubmission(
  { objects, set, documents }: Provided,
  contents: readonly DocumentContent[],
): Outcome<XdrSubmission> {
  const [problem] = [
    ...setProblems(set, true, ''),
    ...documents
      .flatMap(({ entry }) => descriptionProblems(entry, ''))
      .filter(({ code }) => !ONLY_IN_XDM.includes(code)),
  ];
  if (problem) return bad(problem.code);
  const read: XdrDocument[] = [];
  for (const [index, { id, entry }] of documents.entries()) {
    const content = contents[index];
    if (content?.kind !== 'bytes') return bad('a disposition among documents');
    const { described } = entry;
    if ((described.patientId ?? set.patientId) !== set.patientId) return bad('another patient id');
    if (!isDescribed(described, content.bytes)) return fail('package/hash-mismatch');
    read.push({ id, described, bytes: content.bytes });
  }
  return done({ objects, set, documents: read });
}

const ONLY_IN_XDM: readonly string[] = ['no-uri', 'no-hash', 'no-size'];

/** Whether a document has the hash and the size that are said of it, where they are. */
export const isDescribed = ({ hash, size }: DescribedDocument, bytes: Uint8Array): boolean =>
  (size ?? bytes.length) === bytes.length &&
  (hash === undefined || hash === createHash('sha1').update(bytes).digest('hex'));

const bad = (detail: string) => fail('package/bad-metadata', detail);
