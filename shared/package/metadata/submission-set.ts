import type { DirectAddress, TransmissionId } from '../../ids.ts';
import type { Confidentiality } from '../../record/sensitivity.ts';
import type { XmlElement } from '../../record/xml-tree.ts';
import type { SenderSettings } from '../../settings.ts';
import { confidentialityCode, SUMMARY } from '../derive/codes.ts';
import { mintOid, type Assigned } from '../derive/oids.ts';
import { senderAsAuthor } from '../derive/people.ts';
import { utcDigits } from '../derive/times.ts';
import { authorMetadata } from './author-metadata.ts';
import {
  authorClassification,
  codeClassification,
  descriptionElement,
  element,
  externalIdentifier,
  nameElement,
  slot,
  type Elements,
} from './ebrim.ts';
import { cx, xtn } from './hl7v2.ts';
import { IS_SUBMISSION_SET, SET_AUTHOR, SET_IDENTIFIERS } from './schemes.ts';

export interface Submission {
  readonly sender: SenderSettings;
  readonly recipient: DirectAddress;
  readonly submissionTime: Date;
  readonly transmissionId: TransmissionId;
  readonly patientId: Assigned | undefined;
  /** Of the documents in it, the strictest. */
  readonly confidentiality: Confidentiality;
}

const CONTENT_TYPE = 'aa543740-bdda-424e-8c96-df4873be8500';
const HAS_MEMBER = 'urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember';

/** The SubmissionSet: who sends what to whom, and when. Its unique id is that of the transmission, so a repeat has the same. */
export const submissionSet = (id: string, submission: Submission): Elements => [
  element(
    'RegistryPackage',
    { id, status: 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved' },
    slot('intendedRecipient', `||${xtn(submission.recipient)}`),
    slot('submissionTime', utcDigits(submission.submissionTime)),
    nameElement('Health record'),
    comments(submission),
    sender(id, submission),
    codeClassification(id, 'contentTypeCode', CONTENT_TYPE, SUMMARY),
    identifiers(id, submission),
  ),
  setMarker(id),
];

/** What makes a package a submission set. */
export const setMarker = (id: string): XmlElement =>
  element('Classification', {
    id: `${id}.marker`,
    classifiedObject: id,
    classificationNode: IS_SUBMISSION_SET,
  });

/**
 * A SubmissionSet has no confidentialityCode. So that whoever looks at the set alone is warned, its comments say what
 * the strictest of its documents is; of a set without restrictions there is nothing to say.
 */
function comments({ confidentiality }: Submission): Elements {
  if (confidentiality === 'N') return [];
  const { code, display } = confidentialityCode(confidentiality);
  return descriptionElement(`Confidentiality: ${code} (${display})`);
}

function sender(id: string, { sender: from }: Submission): Elements {
  const author = senderAsAuthor(from.name, from.organizationOid, from.address);
  const said = authorMetadata(author);
  return said ? authorClassification(id, 'author1', SET_AUTHOR, said) : [];
}

const identifiers = (
  id: string,
  { patientId, sender: from, transmissionId }: Submission,
): Elements => [
  ...externalIdentifier(
    id,
    'XDSSubmissionSet.patientId',
    SET_IDENTIFIERS.patientId,
    patientId && cx(patientId),
  ),
  ...externalIdentifier(
    id,
    'XDSSubmissionSet.sourceId',
    SET_IDENTIFIERS.sourceId,
    from.organizationOid,
  ),
  ...externalIdentifier(
    id,
    'XDSSubmissionSet.uniqueId',
    SET_IDENTIFIERS.uniqueId,
    mintOid(transmissionId),
  ),
];

/** The association that puts a document into the set. */
export const hasMember = (set: string, document: string): XmlElement =>
  element(
    'Association',
    {
      id: `${document}.member`,
      associationType: HAS_MEMBER,
      sourceObject: set,
      targetObject: document,
    },
    slot('SubmissionSetStatus', 'Original'),
  );
