import { sha256 } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { escapeXml } from '../xml.ts';
import { ANSWER_ACTION, RS, SOAP_TYPE, WSA } from './names.ts';
import { xdrEntity } from './entity.ts';
import { readSoapMessage } from './soap-message.ts';
import { childrenOf, onlyChild } from './soap-tree.ts';
import { addressingHeader, soapEnvelope } from './write-envelope.ts';
import { writeRelated } from './write-related.ts';

export interface XdrAnswer {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** What is answered: that it was taken, or why not, in one of our codes and its sentence. */
export type XdrOutcome = 'success' | { readonly code: string; readonly text: string };

const STATUS = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType';
const SEVERITY = 'urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType';

/** What IHE calls some of our codes; all others are errors of the repository. IHE ITI TF-3, table 4.2.4.1-2. */
const IHE_CODES = new Map([
  ['package/bad-metadata', 'XDSRepositoryMetadataError'],
  ['package/hash-mismatch', 'XDSRepositoryMetadataError'],
  ['package/over-limits', 'XDSRepositoryOutOfResources'],
  ['edge/too-large', 'XDSRepositoryOutOfResources'],
  ['edge/unavailable', 'XDSRepositoryBusy'],
  ['edge/intake-stopped', 'XDSRepositoryBusy'],
  ['patient/unknown', 'XDSUnknownPatientId'],
]);

/**
 * The answer to a request that could be read, in the form in which that came. The `codeContext` of an error is our code,
 * a colon, and its sentence.
 *
 * @see IHE ITI TF-2, 3.41.4.2; TF-3, 4.2.4
 */
export function registryAnswer(
  { messageId, isMtom }: { readonly messageId: string; readonly isMtom: boolean },
  outcome: XdrOutcome,
): XdrAnswer {
  const status = outcome === 'success' ? 'Success' : 'Failure';
  const soap = soapEnvelope(
    addressingHeader('Action', ANSWER_ACTION) + addressingHeader('RelatesTo', messageId),
    `<rs:RegistryResponse xmlns:rs="${RS}" status="${STATUS}:${status}">` +
      `${outcome === 'success' ? '' : errorList(outcome)}</rs:RegistryResponse>\n`,
  );
  return isMtom
    ? writeRelated(`${sha256(messageId).slice(0, 32)}@answer.xdr`, ANSWER_ACTION, soap, [])
    : plain(soap, ANSWER_ACTION);
}

const errorList = ({ code, text }: Exclude<XdrOutcome, 'success'>): string =>
  `\n<rs:RegistryErrorList highestSeverity="${SEVERITY}:Error">\n` +
  `<rs:RegistryError errorCode="${IHE_CODES.get(code) ?? 'XDSRepositoryError'}" ` +
  `codeContext="${escapeXml(`${code}: ${text}`)}" location="" severity="${SEVERITY}:Error"/>\n` +
  '</rs:RegistryErrorList>\n';

const plain = (soap: string, action: string): XdrAnswer => ({
  contentType: `${SOAP_TYPE}; charset=UTF-8; action="${action}"`,
  body: Buffer.from(soap),
});

/** Of the subcodes of faults. */
const OUR_CODES = 'urn:direct-transmit:failures';
const FAULT_ACTION = `${WSA}/soap/fault`;

/**
 * The answer to what could not be read as a request, or not be worked on. Our code is the subcode, with its slash as a full
 * stop, and stands before the sentence.
 *
 * @see SOAP 1.2 part 1, section 5.4
 */
export function faultAnswer(kind: 'Sender' | 'Receiver', code: string, text: string): XdrAnswer {
  const value = code === 'package/not-understood' ? 'MustUnderstand' : kind;
  return plain(
    soapEnvelope(
      addressingHeader('Action', FAULT_ACTION),
      `<env:Fault><env:Code><env:Value>env:${value}</env:Value>` +
        `<env:Subcode><env:Value xmlns:our="${OUR_CODES}">our:${escapeXml(code.replace('/', '.'))}` +
        '</env:Value></env:Subcode></env:Code>' +
        `<env:Reason><env:Text xml:lang="en">${escapeXml(`${code}: ${text}`)}</env:Text></env:Reason>` +
        '</env:Fault>\n',
    ),
    FAULT_ACTION,
  );
}

const MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_ERRORS = 20;

/**
 * Reads what somebody else's system answered to a request of ours.
 *
 * @returns of a failure the codes of its errors, at most twenty, each of at most 100 characters
 * @failure package/bad-soap when it is no RegistryResponse, as a fault is none; and the codes of `readSoapMessage`
 */
export function readRegistryAnswer(
  contentType: string,
  body: Uint8Array,
): Outcome<'success' | { readonly errorCodes: readonly string[] }> {
  if (body.length > MAX_ANSWER_BYTES) return fail('package/over-limits', `${body.length} bytes`);
  if (!/^[\x20-\x7e]*$/.test(contentType)) return fail('edge/unsupported-media');
  const message = readSoapMessage(xdrEntity(contentType, body));
  if (!message.ok) return message;
  const { namespace, name, attributes, ...content } = message.value.envelope.content;
  if (namespace !== RS || name !== 'RegistryResponse') {
    return fail('package/bad-soap', 'no RegistryResponse');
  }
  if (attributes['status']?.trim() === `${STATUS}:Success`) return done('success');
  const list = onlyChild({ namespace, name, attributes, ...content }, RS, 'RegistryErrorList');
  const errorCodes = childrenOf(list, RS, 'RegistryError').map((error) =>
    (error.attributes['errorCode'] ?? '').replace(/[^\x21-\x7e]/g, '').slice(0, 100),
  );
  return done({ errorCodes: errorCodes.slice(0, MAX_ERRORS) });
}
