import {
  readCipher,
  type ContentCipher,
} from '../../../shared/secure/cms/envelope/content-cipher.ts';
import { readTransportedKey } from '../../../shared/secure/cms/envelope/key-transport.ts';
import { certificateIdOf, isNamed } from '../../../shared/trust/cms/certificate-id.ts';
import { readBer, type Ber } from '../../../shared/trust/cms/ber.ts';
import { TAG } from '../../../shared/trust/cms/der.ts';

/** How a message is encrypted, as everybody may see. */
export interface SeenEnvelope {
  /** Absent for one that is not known here. */
  readonly cipher?: ContentCipher;
  /** Of the keys that are to the reader's certificate; `unknown` for one that is not known here. */
  readonly transports: readonly string[];
}

/**
 * Reads EnvelopedData and AuthEnvelopedData (RFC 5652 section 6.1, RFC 5083) and decrypts nothing.
 *
 * @param certificate DER, of the reader
 */
export function seenEnvelope(cms: Uint8Array, certificate: Uint8Array): SeenEnvelope {
  const body = readBer(cms)?.children[1]?.children[0];
  const [, infos, content] = (body?.children ?? []).filter(({ tag }) => tag !== TAG.constructed0);
  const algorithm = content?.children[1];
  const cipher = algorithm && readCipher(algorithm);
  const id = certificateIdOf(certificate);
  const isOurs = ({ children: [, recipient] }: Ber): boolean =>
    Boolean(recipient && id && isNamed(recipient, id));
  const transports = (infos?.children ?? [])
    .filter(isOurs)
    .map((info) => readTransportedKey(info)?.transport ?? 'unknown');
  return { transports, ...(cipher && { cipher }) };
}
