import { domainOf, type DirectAddress, type MessageId } from '../../ids.ts';
import type { XmlElement } from '../../record/xml-tree.ts';
import { mintOid } from '../derive/oids.ts';
import { utcDigits } from '../derive/times.ts';
import {
  authorClassification,
  element,
  externalIdentifier,
  nameElement,
  RIM,
  slot,
} from '../metadata/ebrim.ts';
import { xtn } from '../metadata/hl7v2.ts';
import { submitObjectsRequest } from '../metadata/metadata.ts';
import { ENTRY_IDENTIFIERS, SET_AUTHOR, SET_IDENTIFIERS, STABLE } from '../metadata/schemes.ts';
import { hasMember, setMarker } from '../metadata/submission-set.ts';
import { escapeXml } from '../xml.ts';
import { mailtoOf } from './mailto.ts';
import { uriOfMessageId } from './message-uri.ts';
import { ACTION, DIRECT } from './names.ts';
import { xdrEntity } from './entity.ts';
import { requestEnvelope, writtenDocument } from './write-envelope.ts';
import { writeRelated } from './write-related.ts';
import type { MessageDisposition } from './xdr.ts';

/** By what a report is known, what it is about, between whom it goes, and where it is posted. */
export interface DispositionCourse {
  readonly messageId: MessageId;
  /** The MessageID of what it is about, as that stood there. */
  readonly relatesTo: string;
  readonly from: DirectAddress;
  readonly to: DirectAddress;
  readonly endpoint: string;
  /** When it became of the copy what is said; without it, the report says no submissionTime. */
  readonly at?: Date;
}

const SET = 'SubmissionSet01';
const DOCUMENT = 'Document01';

/**
 * An ITI-41 request that says what became of a copy: the same input gives the same bytes.
 *
 * @see Direct Edge Protocols 1.1, section 1.5.2.1.1
 */
export function dispositionXdr(said: MessageDisposition, how: DispositionCourse): Uint8Array {
  const { messageId } = how;
  const soap = requestEnvelope(
    { ...how, messageId: uriOfMessageId(messageId), level: 'minimal' },
    submitObjectsRequest(objectsOf(how)),
    writtenDocument(DOCUMENT, dispositionXml(said)),
  );
  const { contentType, body } = writeRelated(messageId, ACTION, soap, []);
  return xdrEntity(contentType, body);
}

/** The document, as a file of its own would be. */
export function dispositionXml({
  recipient,
  disposition,
  reasonForFailure: reason,
}: MessageDisposition): string {
  const why = reason === undefined ? '' : tag('reasonForFailure', reason);
  return (
    `<direct:messageDisposition xmlns:direct="${DIRECT}">` +
    `${tag('recipient', mailtoOf(recipient))}${tag('disposition', disposition)}${why}` +
    '</direct:messageDisposition>'
  );
}

const tag = (name: string, text: string): string =>
  `<direct:${name}>${escapeXml(text)}</direct:${name}>`;

/** Minimal metadata, as a report has no patient. */
const objectsOf = ({ messageId, from, to, at }: DispositionCourse): XmlElement =>
  element('RegistryObjectList', { xmlns: RIM }, [
    element(
      'ExtrinsicObject',
      { id: DOCUMENT, mimeType: 'text/xml', objectType: STABLE },
      nameElement('Delivery status'),
      externalIdentifier(
        DOCUMENT,
        'XDSDocumentEntry.uniqueId',
        ENTRY_IDENTIFIERS.uniqueId,
        mintOid(`document ${messageId}`),
      ),
    ),
    element(
      'RegistryPackage',
      { id: SET },
      slot('intendedRecipient', `||${xtn(to)}`),
      slot('submissionTime', at && utcDigits(at)),
      authorClassification(SET, 'author1', SET_AUTHOR, {
        authorPerson: undefined,
        authorInstitution: undefined,
        authorSpecialty: undefined,
        authorTelecommunication: [xtn(from)],
      }),
      identifier('sourceId', mintOid(`source ${domainOf(from)}`)),
      identifier('uniqueId', mintOid(`set ${messageId}`)),
    ),
    setMarker(SET),
    hasMember(SET, DOCUMENT),
  ]);

const identifier = (name: keyof typeof SET_IDENTIFIERS, value: string): readonly XmlElement[] =>
  externalIdentifier(SET, `XDSSubmissionSet.${name}`, SET_IDENTIFIERS[name], value);
