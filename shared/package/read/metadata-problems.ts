import { isOid, UUID } from '../../oid.ts';
import { within, type XmlElement } from '../../record/xml-tree.ts';
import { NEED_IDS } from '../metadata/ebrim.ts';
import { MAX_VALUE } from '../metadata/hl7v2.ts';
import type { Entry } from './described-document.ts';
import type { SubmissionSet } from './described-set.ts';
import type { XdmProblem, XdmProblemCode } from './problems.ts';

/** A problem, and whether there is it. */
type Suspicion = readonly [code: XdmProblemCode, isSo: boolean];

const DTM = /^\d{4}(?:\d{2}){0,5}$/;
/** Leading zeros pass, as they do with NIST: the ids of a large vendor have them. */
const UNIQUE_ID = new RegExp(`^(?:\\d+(?:\\.\\d+)+(?:\\^[^|^~&\\\\]+)?|urn:uuid:${UUID})$`, 'i');

/** What is wrong with the objects as such, each kind of it once. */
export function objectProblems(list: XmlElement, where: string): XdmProblem[] {
  const elements = within(list);
  const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? []);
  return found(where, [
    [
      'object-without-id',
      elements.some(({ name, attributes }) => NEED_IDS.has(name) && !attributes['id']),
    ],
    ['id-twice', new Set(ids).size < ids.length],
    ['value-too-long', elements.some((element) => valueOf(element).length > MAX_VALUE)],
  ]);
}

/** Names and descriptions may be longer and are none. */
function valueOf({ name, text, attributes }: XmlElement): string {
  if (name === 'Value') return text;
  return name === 'LocalizedString' ? '' : (attributes['value'] ?? '');
}

export const setProblems = (
  set: SubmissionSet | undefined,
  isMarked: boolean,
  where: string,
): XdmProblem[] =>
  set
    ? found(where, [
        ['set-unmarked', !isMarked],
        ['set-unique-id', !isOid(set.uniqueId ?? '')],
        ['set-source-id', !isOid(set.sourceId ?? '')],
        ['set-time', !DTM.test(set.submissionTime ?? '')],
      ])
    : found(where, [['no-submission-set', true]]);

/** What is wrong with the description alone, wherever the document is. */
export const descriptionProblems = (
  { isInSet, described: { mimeType, uniqueId, uri, hash, size } }: Entry,
  where: string,
): XdmProblem[] =>
  found(where, [
    ['not-in-set', !isInSet],
    ['mime-type', mimeType === undefined],
    ['unique-id', !UNIQUE_ID.test(uniqueId ?? '')],
    ['no-uri', uri === undefined],
    ['no-hash', hash === undefined],
    ['no-size', size === undefined],
  ]);

const found = (where: string, suspicions: readonly Suspicion[]): XdmProblem[] =>
  suspicions.filter(([, isSo]) => isSo).map(([code]) => ({ code, where }));
