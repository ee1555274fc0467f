import type { Operations } from '../../shared/operation.ts';

const ENVELOPE = 'xmlns:env="http://www.w3.org/2003/05/soap-envelope"';
const REQUEST = `<env:Envelope ${ENVELOPE}><env:Header>…</env:Header><env:Body>…</env:Body></env:Envelope>`;
const MULTIPART = `--part\r\nContent-Type: application/xop+xml\r\n\r\n${REQUEST}\r\n--part--\r\n`;
const RESPONSE =
  '<rs:RegistryResponse xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" ' +
  'status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"></rs:RegistryResponse>';
const FAULT = `<env:Envelope ${ENVELOPE}><env:Body><env:Fault>…</env:Fault></env:Body></env:Envelope>`;

const SOAP = 'application/soap+xml';

/** What is said in SOAP is told in words: IHE ITI TF-2, 3.41, has its form. */
export const OPERATIONS = {
  'POST /v1/xdr': {
    id: 'provideDocuments',
    summary:
      'Takes ITI-41 (IHE XDR) and the messageDisposition of another HISP, and answers in SOAP, refusals too.',
    body: { [SOAP]: { example: REQUEST }, 'multipart/related': { example: MULTIPART } },
    answers: {
      200: {
        summary: 'A RegistryResponse: Success, or Failure with a code',
        content: { [SOAP]: { example: RESPONSE }, 'multipart/related': { example: RESPONSE } },
      },
      400: {
        summary: 'A SOAP fault: what came is no request',
        content: { [SOAP]: { example: FAULT } },
      },
      500: { summary: 'A SOAP fault: we failed', content: { [SOAP]: { example: FAULT } } },
    },
  },
} satisfies Operations;
