import { innerMessage } from '../../../shared/secure/inner-message.ts';
import { openMessage, type OpenOptions } from '../../../shared/secure/open.ts';
import { bytesOf } from '../../secure/support/bytes-of.ts';
import { Openssl } from '../../secure/support/openssl.ts';
import { draft, person } from '../../secure/support/people.ts';
import type { Issued } from '../../support/pki.ts';

export const INNER = bytesOf(innerMessage(draft));
const WRAPPER = Buffer.from('Content-Type: message/rfc822\r\n\r\n');
/** What is signed: one of our own messages, so that nothing but the tool differs. */
export const ENTITY = Buffer.concat([WRAPPER, INNER]);

/** Keys, and openssl to use them. */
export interface OpensslKit {
  readonly openssl: Openssl;
  readonly sender: Issued;
  /** A sender with a key on P-256. */
  readonly elliptic: Issued;
  readonly recipient: Issued;
  /** Somebody else to whom a message is encrypted too. */
  readonly other: Issued;
}

export const opensslKit = async (): Promise<OpensslKit> => ({
  openssl: new Openssl(),
  sender: await person('sender'),
  elliptic: await person('elliptic', { ec: 'P-256' }),
  recipient: await person('green'),
  other: await person('blue'),
});

/** A message made with openssl, and what must become of it. */
export interface OpensslCase {
  readonly name: string;
  readonly make: (kit: OpensslKit) => Uint8Array;
  /** As `verdictOn` says it. */
  readonly expected: string;
  readonly options?: OpenOptions;
  /** Instead of the recipient's. */
  readonly opener?: 'other' | 'elliptic';
}

/** What is meant unless a case says otherwise. */
const USUAL = {
  contentEncryption: 'aes-256-cbc',
  keyTransport: 'rsaes-pkcs1-v1_5',
  digest: 'sha-256',
  signature: 'rsa',
};

/** The verdict on a message that opens, in which all is as usual but for this. */
export const opensWith = (unusual: Partial<typeof USUAL> = {}, signers = 'sender'): string =>
  `opens: ${Object.values({ ...USUAL, ...unusual }).join(', ')}; signed by ${signers}`;

/** With what a message was protected and who signed it, or the code with which it is refused. */
export function verdictOn(raw: Uint8Array, kit: OpensslKit, each: OpensslCase): string {
  const outcome = openMessage(raw, [kit[each.opener ?? 'recipient']], each.options);
  if (!outcome.ok) return outcome.failure.code;
  const { inner, algorithms, signer, otherSigners } = outcome.value;
  if (Buffer.compare(inner, INNER) !== 0) return 'opens as another message';
  if (otherSigners.length === 0) return opensWith(algorithms, nameOf(signer, kit));
  // Whose signature stands first, and with which algorithms, is chance: their order is that of random serial numbers.
  const names = [signer, ...otherSigners].map((certificate) => nameOf(certificate, kit));
  return `opens: signed by ${names.toSorted().join(' and ')}`;
}

const nameOf = (certificate: Uint8Array, kit: OpensslKit): string =>
  (['sender', 'elliptic'] as const).find(
    (name) => Buffer.compare(kit[name].certificate, certificate) === 0,
  ) ?? 'a stranger';
