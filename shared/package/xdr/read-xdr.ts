import { done, fail, type Outcome } from '../../outcome.ts';
import { levelIn, readAddressing } from './addressing.ts';
import { readContents, type DocumentContent } from './document-content.ts';
import { readAddressed } from './envelope.ts';
import { ACTION } from './names.ts';
import { dispositionIn, readDisposition } from './read-disposition.ts';
import { isDescribed, readProvided, readSubmission, type Provided } from './read-submission.ts';
import { readSoapMessage, type SoapMessage } from './soap-message.ts';
import type { XdrAddressing, XdrRequest } from './xdr.ts';

/** By what an ITI-41 request is known, whatever else is wrong with it: enough to answer it. */
export type Asked = Pick<XdrRequest, 'messageId' | 'isMtom'>;

/** A request, or why it is refused. Without `asked` it is no ITI-41 request at all, to which only a fault is an answer. */
export interface ReadXdr {
  readonly request: Outcome<XdrRequest>;
  readonly asked?: Asked;
}

/**
 * Reads an ITI-41 request that somebody posted, and refuses whatever is not beyond doubt: what passes has one submission
 * set, one document for each of its entries with the hash and size that are said of it, and a recipient.
 *
 * @failure edge/unsupported-media no SOAP 1.2: `text/xml` is that of SOAP 1.1
 * @failure package/bad-multipart, package/bad-soap, package/not-understood, package/bad-addressing,
 *   package/bad-metadata, package/hash-mismatch, package/over-limits
 * @see IHE ITI TF-2, 3.41; XDR and XDM for Direct Messaging 1.0
 */
export const readXdr = (entity: Uint8Array): Outcome<XdrRequest> => readAskedXdr(entity).request;

/** The same, for whoever answers: what is refused is not read again for that. */
export function readAskedXdr(entity: Uint8Array): ReadXdr {
  const message = readSoapMessage(entity);
  if (!message.ok) return { request: message };
  const { envelope, isMtom, action = ACTION } = message.value;
  const addressed = readAddressed(envelope);
  if (!addressed.ok) return { request: addressed };
  if (action !== ACTION || addressed.value.action !== ACTION)
    return { request: fail('package/bad-soap', 'another action') };
  const asked = { messageId: addressed.value.messageId, isMtom };
  return { request: requestIn(message.value, asked), asked };
}

function requestIn({ envelope, parts }: SoapMessage, asked: Asked): Outcome<XdrRequest> {
  const provided = readProvided(envelope.content);
  if (!provided.ok) return provided;
  const elements = provided.value.documents.map(({ element }) => element);
  const read = readContents(elements, parts);
  if (!read.ok) return read;
  const addressing = readAddressing(envelope.header, provided.value.set);
  if (!addressing.ok) return addressing;
  const contents = contentsOf(provided.value, read.value, addressing.value);
  if (!contents.ok) return contents;
  const level = levelIn(envelope.header);
  return done({
    ...asked,
    ...(level && { level }),
    addressing: addressing.value,
    contents: contents.value,
  });
}

/** One document that is a disposition is a report; anything else is to be sent to somebody. */
function contentsOf(
  provided: Provided,
  contents: readonly DocumentContent[],
  { to }: XdrAddressing,
): Outcome<XdrRequest['contents']> {
  const [content, ...more] = contents;
  const report = content && more.length === 0 ? dispositionIn(content) : undefined;
  if (report) {
    const [described] = provided.documents.map(({ entry }) => entry.described);
    const isSame = content?.kind !== 'bytes' || !described || isDescribed(described, content.bytes);
    if (!isSame) return fail('package/hash-mismatch');
    const said = readDisposition(report);
    return said.ok ? done({ kind: 'disposition', said: said.value }) : said;
  }
  if (to.length === 0) return fail('package/bad-addressing', 'nobody');
  const submission = readSubmission(provided, contents);
  return submission.ok ? done({ kind: 'submission', submission: submission.value }) : submission;
}
