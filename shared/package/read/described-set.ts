import { all, type XmlElement } from '../../record/xml-tree.ts';
import { IS_SUBMISSION_SET, SET_AUTHOR } from '../metadata/schemes.ts';
import { classifiedAs, identifier, slotValue, slotValues, titleOf } from './values.ts';

/** Who sent what to whom, and when: as the metadata has it, not checked. */
export interface SubmissionSet {
  readonly uniqueId: string | undefined;
  readonly sourceId: string | undefined;
  /** CX. */
  readonly patientId: string | undefined;
  /** DTM, UTC. */
  readonly submissionTime: string | undefined;
  readonly title: string | undefined;
  /** XON, XCN and XTN, with bars between. */
  readonly intendedRecipients: readonly string[];
  /** XTN; by the rules of Direct the address of the sender. */
  readonly authorTelecommunications: readonly string[];
}

/** The package that is marked as submission set, beside it or within; else the first there is. */
export function submissionSetIn(
  list: XmlElement,
): { set: XmlElement; isMarked: boolean } | undefined {
  const packages = all(list, 'RegistryPackage');
  const marked = [...all(list, 'Classification'), ...all(list, 'RegistryPackage', 'Classification')]
    .filter(({ attributes }) => attributes['classificationNode'] === IS_SUBMISSION_SET)
    .map(({ attributes }) => attributes['classifiedObject']);
  const own = packages.find(({ attributes }) => marked.includes(attributes['id'] ?? ''));
  const set = own ?? packages[0];
  return set && { set, isMarked: own !== undefined };
}

export const readSubmissionSet = (set: XmlElement): SubmissionSet => ({
  uniqueId: identifier(set, 'XDSSubmissionSet.uniqueId'),
  sourceId: identifier(set, 'XDSSubmissionSet.sourceId'),
  patientId: identifier(set, 'XDSSubmissionSet.patientId'),
  submissionTime: slotValue(set, 'submissionTime'),
  title: titleOf(set),
  intendedRecipients: slotValues(set, 'intendedRecipient'),
  authorTelecommunications: classifiedAs(set, SET_AUTHOR).flatMap((author) =>
    slotValues(author, 'authorTelecommunication'),
  ),
});
