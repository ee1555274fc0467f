import { createDecipheriv } from 'node:crypto';
import { OID } from '../../../trust/cms/algorithms.ts';
import { oidOf, smallIntegerOf, type Ber } from '../../../trust/cms/ber.ts';
import { attempt } from '../../../trust/cms/attempt.ts';
import { TAG } from '../../../trust/cms/der.ts';

export type CipherName = `aes-${Bits}-${'cbc' | 'gcm'}`;
type Bits = 128 | 192 | 256;

/** How a content is encrypted, as its AlgorithmIdentifier says. */
export interface ContentCipher {
  readonly mode: 'cbc' | 'gcm';
  readonly bits: Bits;
  readonly iv: Uint8Array;
  /** Of GCM; 0 of CBC. */
  readonly tagBytes: number;
}

export const cipherName = ({ bits, mode }: ContentCipher): CipherName => `aes-${bits}-${mode}`;

const CIPHERS: ReadonlyMap<string, Pick<ContentCipher, 'mode' | 'bits'>> = new Map([
  ['2.16.840.1.101.3.4.1.2', { mode: 'cbc', bits: 128 }],
  ['2.16.840.1.101.3.4.1.22', { mode: 'cbc', bits: 192 }],
  [OID.aes256Cbc, { mode: 'cbc', bits: 256 }],
  ['2.16.840.1.101.3.4.1.6', { mode: 'gcm', bits: 128 }],
  ['2.16.840.1.101.3.4.1.26', { mode: 'gcm', bits: 192 }],
  ['2.16.840.1.101.3.4.1.46', { mode: 'gcm', bits: 256 }],
]);

/** @returns undefined for a cipher that is not supported: triple DES and RC2 are not */
export function readCipher(algorithm: Ber): ContentCipher | undefined {
  const cipher = CIPHERS.get(oidOf(algorithm.children[0]));
  const parameters = algorithm.children[1];
  if (!cipher || !parameters) return undefined;
  if (cipher.mode === 'cbc') {
    const fits = parameters.tag === TAG.octetString && parameters.content.length === 16;
    return fits ? { ...cipher, iv: parameters.content, tagBytes: 0 } : undefined;
  }
  const [nonce, length] = parameters.children;
  // RFC 5084: the tag has 12 octets unless said otherwise.
  const tagBytes = length ? (smallIntegerOf(length) ?? 0) : 12;
  const fits = nonce?.tag === TAG.octetString && nonce.content.length === 12;
  return fits && tagBytes >= 12 && tagBytes <= 16
    ? { ...cipher, iv: nonce.content, tagBytes }
    : undefined;
}

export interface Encrypted {
  readonly chunks: readonly Uint8Array[];
  /** The tag of GCM and what it covers besides. */
  readonly mac?: Uint8Array;
  readonly authenticated?: Uint8Array;
}

/** @returns undefined whatever is wrong: length, padding or tag */
export const decryptContent = (
  { mode, bits, iv, tagBytes }: ContentCipher,
  key: Uint8Array,
  { chunks, mac, authenticated }: Encrypted,
): Uint8Array | undefined =>
  attempt(() => {
    if (mode === 'cbc') {
      const decipher = createDecipheriv(`aes-${bits}-cbc`, key, iv);
      return Buffer.concat([...chunks.map((each) => decipher.update(each)), decipher.final()]);
    }
    if (!mac) return undefined;
    const decipher = createDecipheriv(`aes-${bits}-gcm`, key, iv, { authTagLength: tagBytes });
    decipher.setAuthTag(mac);
    if (authenticated) decipher.setAAD(authenticated);
    return Buffer.concat([...chunks.map((each) => decipher.update(each)), decipher.final()]);
  });
