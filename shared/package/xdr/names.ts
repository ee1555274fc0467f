/* Namespaces and names of an ITI-41 request over SOAP 1.2. */

export const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
/** WS-Addressing 1.0. */
export const WSA = 'http://www.w3.org/2005/08/addressing';
export const XOP = 'http://www.w3.org/2004/08/xop/include';
export const XDSB = 'urn:ihe:iti:xds-b:2007';
export const RS = 'urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0';
/** XDR and XDM for Direct Messaging 1.0, section 4. */
export const DIRECT = 'urn:direct:addressing';

export const ACTION = 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b';
export const ANSWER_ACTION = `${ACTION}Response`;

export const SOAP_TYPE = 'application/soap+xml';
export const XOP_TYPE = 'application/xop+xml';

export const FINAL_DELIVERY = 'X-DIRECT-FINAL-DESTINATION-DELIVERY';
/** Whom the address block is meant for: the one who delivers. */
export const DESTINATION = 'urn:direct:addressing:destination';
