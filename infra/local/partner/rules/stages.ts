import { CONTENT_CIPHER } from './content-cipher.ts';
import { CRLF_LINES } from './crlf-lines.ts';
import { DETACHED } from './detached.ts';
import { ENVELOPED_BASE64 } from './enveloped-base64.ts';
import { ENVELOPED_TYPE } from './enveloped-type.ts';
import { KEY_TRANSPORT } from './key-transport.ts';
import { MAIL_FROM } from './mail-from.ts';
import { RECIPIENTS_NAMED } from './recipients-named.ts';
import { SEVEN_BIT } from './seven-bit.ts';
import { SIGNATURE_VERIFIES } from './signature-verifies.ts';
import { SIGNED } from './signed.ts';
import { SIGNER_CERTIFICATE } from './signer-certificate.ts';
import { SIGNER_IDENTITY } from './signer-identity.ts';
import { TRUSTED } from './trusted.ts';
import { WRAPPED } from './wrapped.ts';
import { WRAPPER_ENCODING } from './wrapper-encoding.ts';

/** The rules in the order in which a receiver comes to them, and so by what they look at. */
export const STAGES = {
  outside: [ENVELOPED_TYPE, ENVELOPED_BASE64],
  encryption: [CONTENT_CIPHER, KEY_TRANSPORT],
  form: [SIGNED, DETACHED],
  signer: [SIGNER_CERTIFICATE],
  lines: [CRLF_LINES],
  signature: [SIGNATURE_VERIFIES],
  wrapper: [WRAPPED, WRAPPER_ENCODING],
  content: [SEVEN_BIT],
  routing: [MAIL_FROM, RECIPIENTS_NAMED],
  identity: [SIGNER_IDENTITY],
  trust: [TRUSTED],
} as const;
