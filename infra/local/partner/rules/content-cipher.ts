import type { SeenEnvelope } from '../seen-envelope.ts';
import type { Rule } from './rule.ts';

/** AES-CBC of any key length; neither triple DES, which is too weak for it, nor AES-GCM, which it does not know. */
export const CONTENT_CIPHER: Rule<SeenEnvelope> = {
  id: 'content-cipher',
  source: 'Java RI, EncryptionAlgorithm; RFC 5083 is not supported',
  minds: ({ cipher }) =>
    cipher?.mode === 'cbc' ? undefined : 'form: the content is not encrypted with AES-CBC',
};
