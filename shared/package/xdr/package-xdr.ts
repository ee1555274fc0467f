import type { DirectAddress, MessageId } from '../../ids.ts';
import { done, type Outcome } from '../../outcome.ts';
import { all, type XmlElement } from '../../record/xml-tree.ts';
import { describeRecord } from '../describe-record.ts';
import { submitObjectsRequest } from '../metadata/metadata.ts';
import type { PackageInput } from '../package-record.ts';
import type { PreparedDocument } from '../prepared.ts';
import { uriOfMessageId } from './message-uri.ts';
import { ACTION } from './names.ts';
import { xdrEntity } from './entity.ts';
import { includedDocument, requestEnvelope, type Heading } from './write-envelope.ts';
import { writeRelated, type WrittenPart } from './write-related.ts';
import type { XdrRequest, XdrSubmission } from './xdr.ts';

/** A request ready to be posted. */
export interface XdrBundle {
  /** Its Content-Type, an empty line, its body. */
  readonly entity: Uint8Array;
  readonly documents: number;
  /** How many documents of the record were left out because they are sensitive. */
  readonly excluded: number;
}

/** By what a request is known, and where it is posted. */
export interface XdrCourse {
  readonly messageId: MessageId;
  readonly endpoint: string;
}

/** How a submission of somebody else is passed on. */
export interface PassedOn extends XdrCourse {
  readonly from: DirectAddress;
  readonly to: DirectAddress;
  /** As it was said when it came; `minimal` when it was not. */
  readonly level?: XdrRequest['level'] | undefined;
}

/**
 * A record as an ITI-41 request for somebody else's HISP, with metadata and documents as in our XDM. The same input gives
 * the same bytes. Its MessageID is the `mid:` URL of the Message-ID, so what relates to it can be found.
 *
 * @failure record/none, record/held, record/excluded, package/failed-check
 * @see IHE ITI TF-2, 3.41.4.1.2
 */
export function packageXdr(
  input: PackageInput<PreparedDocument>,
  how: XdrCourse,
): Outcome<XdrBundle> {
  const described = describeRecord(input, 'xdr');
  if (!described.ok) return described;
  const { documents, objects, excluded } = described.value;
  const heading = {
    ...how,
    from: input.sender.address,
    to: input.recipient,
    level: 'XDS',
  } as const;
  const contents = documents.map(({ mimeType: type, bytes }) => ({ type, bytes }));
  const entity = requestOf(heading, objects, contents);
  return done({ entity, documents: documents.length, excluded });
}

/**
 * A submission of somebody else as a request of ours: its metadata and documents as they came, between the addresses that
 * are said now.
 */
export function packageSubmissionAsXdr(
  { objects, documents }: XdrSubmission,
  how: PassedOn,
): Outcome<XdrBundle> {
  const heading = { ...how, level: how.level ?? 'minimal' };
  const contents = documents.map(({ described, bytes }) => ({
    type: described.mimeType ?? 'application/octet-stream',
    bytes,
  }));
  const entity = requestOf(heading, objects, contents);
  return done({ entity, documents: documents.length, excluded: 0 });
}

/** @param contents one for each entry of the metadata, in their order */
function requestOf(
  heading: Omit<Heading, 'messageId'> & XdrCourse,
  objects: XmlElement,
  contents: readonly Omit<WrittenPart, 'id'>[],
): Uint8Array {
  const { messageId } = heading;
  const parts = contents.map((content, index) => ({
    ...content,
    id: `document${index + 1}.${messageId}`,
  }));
  const included = all(objects, 'ExtrinsicObject').map(({ attributes }, index) =>
    includedDocument(attributes['id'] ?? '', parts[index]?.id ?? ''),
  );
  const soap = requestEnvelope(
    { ...heading, messageId: uriOfMessageId(messageId) },
    submitObjectsRequest(objects),
    included.join(''),
  );
  const { contentType, body } = writeRelated(messageId, ACTION, soap, parts);
  return xdrEntity(contentType, body);
}
