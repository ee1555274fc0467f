import type { DirectAddress } from '../../ids.ts';
import { escapeXml } from '../xml.ts';
import { mailtoOf } from './mailto.ts';
import { ACTION, DESTINATION, DIRECT, FINAL_DELIVERY, SOAP, WSA, XDSB, XOP } from './names.ts';
import type { XdrRequest } from './xdr.ts';

/** What the header of a request of ours says. */
export interface Heading {
  /** WS-Addressing MessageID. */
  readonly messageId: string;
  readonly endpoint: string;
  readonly level: NonNullable<XdrRequest['level']>;
  readonly from: DirectAddress;
  readonly to: DirectAddress;
  /** What the request is about, when it is a report; else it asks for one about itself. */
  readonly relatesTo?: string;
}

/** A SOAP 1.2 message. @param content both are markup */
export const soapEnvelope = (header: string, content: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  `<env:Envelope xmlns:env="${SOAP}">\n` +
  `<env:Header>\n${header}</env:Header>\n<env:Body>\n${content}</env:Body>\n</env:Envelope>\n`;

/** A header of WS-Addressing, which no receiver may pass over. */
export const addressingHeader = (name: string, value: string): string =>
  `<wsa:${name} xmlns:wsa="${WSA}" env:mustUnderstand="true">${escapeXml(value)}</wsa:${name}>\n`;

/**
 * An ITI-41 request.
 *
 * @param submit the SubmitObjectsRequest, markup
 * @param documents the Document elements, markup
 */
export const requestEnvelope = (heading: Heading, submit: string, documents: string): string =>
  soapEnvelope(
    addressingHeader('To', heading.endpoint) +
      addressingHeader('MessageID', heading.messageId) +
      addressingHeader('Action', ACTION) +
      addressBlock(heading),
    `<xdsb:ProvideAndRegisterDocumentSetRequest xmlns:xdsb="${XDSB}">\n` +
      `${submit}${documents}</xdsb:ProvideAndRegisterDocumentSetRequest>\n`,
  );

/** @see XDR and XDM for Direct Messaging 1.0, section 4; Direct Edge Protocols 1.1 */
const addressBlock = ({ level, from, to, relatesTo }: Heading): string =>
  `<direct:metadata-level xmlns:direct="${DIRECT}">${level}</direct:metadata-level>\n` +
  `<direct:addressBlock xmlns:direct="${DIRECT}" env:role="${DESTINATION}" env:relay="true">\n` +
  `<direct:from>${escapeXml(mailtoOf(from))}</direct:from>\n` +
  `<direct:to>${escapeXml(mailtoOf(to))}</direct:to>\n` +
  (relatesTo === undefined
    ? `<direct:${FINAL_DELIVERY}>true</direct:${FINAL_DELIVERY}>\n`
    : `<direct:notification relatesTo="${escapeXml(relatesTo)}"/>\n`) +
  '</direct:addressBlock>\n';

/** A document that lies in a part of its own. */
export const includedDocument = (id: string, contentId: string): string =>
  `<xdsb:Document id="${escapeXml(id)}"><xop:Include xmlns:xop="${XOP}" ` +
  `href="cid:${escapeXml(encodeURIComponent(contentId).replace('%40', '@'))}"/></xdsb:Document>\n`;

/** A document that is XML and stands where it is. @param content markup */
export const writtenDocument = (id: string, content: string): string =>
  `<xdsb:Document id="${escapeXml(id)}">${content}</xdsb:Document>\n`;
