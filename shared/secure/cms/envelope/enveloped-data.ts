import { done, fail, type Outcome } from '../../../outcome.ts';
import type { Identity } from '../../keys.ts';
import { OID } from '../../../trust/cms/algorithms.ts';
import { octetChunks, oidOf, readBer, type Ber } from '../../../trust/cms/ber.ts';
import { certificateIdOf, isNamed } from '../../../trust/cms/certificate-id.ts';
import {
  cipherName,
  decryptContent,
  readCipher,
  type CipherName,
  type Encrypted,
} from './content-cipher.ts';
import { asSet, TAG } from '../../../trust/cms/der.ts';
import { readTransportedKey, type ReadKeyTransport, type TransportedKey } from './key-transport.ts';

/** A content and what protected it. */
export interface Decrypted {
  readonly content: Uint8Array;
  readonly contentEncryption: CipherName;
  readonly keyTransport: ReadKeyTransport;
}

/** More than any message to one of us names. */
const MOST_RECIPIENTS = 200;

/**
 * Decrypts EnvelopedData or AuthEnvelopedData with the first identity that it is encrypted to.
 *
 * What depends on a private key or on the decrypted bytes fails in one way only, so that nobody who sends forgeries
 * learns from the answer. A form that cannot be read at all is told apart: its sender knows that anyway.
 *
 * @failure secure/not-encrypted  another kind of CMS content
 * @failure secure/undecryptable  not for us, an unsupported algorithm, a wrong key, wrong padding, a wrong tag
 * @failure secure/malformed
 */
export function decryptEnvelope(
  cms: Uint8Array,
  identities: readonly Identity[],
): Outcome<Decrypted> {
  const info = readBer(cms);
  if (info?.tag !== TAG.sequence) return fail('secure/malformed');
  const type = oidOf(info.children[0]);
  const authenticated = type === OID.authEnvelopedData;
  if (type !== OID.envelopedData && !authenticated) return fail('secure/not-encrypted');

  const envelope = readEnvelope(info.children[1]?.children[0], authenticated);
  if (!envelope) return fail('secure/malformed');
  const match = matchOf(envelope.recipients, identities);
  const cipher = readCipher(envelope.algorithm);
  // GCM belongs into AuthEnvelopedData and nowhere else: without its tag it would protect nothing.
  if (!match || !cipher || (cipher.mode === 'gcm') !== authenticated) {
    return fail('secure/undecryptable');
  }
  const { identity, transported } = match;
  const key = transported.unwrap(identity.privateKey, cipher.bits / 8);
  const content = decryptContent(cipher, key, envelope.encrypted);
  return content
    ? done({
        content,
        contentEncryption: cipherName(cipher),
        keyTransport: transported.transport,
      })
    : fail('secure/undecryptable');
}

interface Envelope {
  readonly recipients: readonly Ber[];
  readonly algorithm: Ber;
  readonly encrypted: Encrypted;
}

/** RFC 5652 section 6.1, RFC 5083: version, [0] originator, recipients, content, [1] attributes, mac, [2] attributes. */
function readEnvelope(body: Ber | undefined, authenticated: boolean): Envelope | undefined {
  if (body?.tag !== TAG.sequence) return undefined;
  const fields = body.children.filter(({ tag }) => tag !== TAG.constructed0);
  const [, recipients, content, ...rest] = fields;
  if (recipients?.tag !== TAG.set || content?.tag !== TAG.sequence) return undefined;
  const [, algorithm, octets] = content.children;
  const chunks = octets && (octets.tag & 0xdf) === TAG.implicit0 && octetChunks(octets);
  if (!algorithm || !chunks || recipients.children.length > MOST_RECIPIENTS) return undefined;
  if (!authenticated) return { recipients: recipients.children, algorithm, encrypted: { chunks } };

  const mac = rest.find(({ tag }) => tag === TAG.octetString)?.content;
  const attributes = rest.find(({ tag }) => tag === TAG.constructed1)?.raw;
  if (!mac) return undefined;
  const covered = attributes && { authenticated: asSet(attributes) };
  return {
    recipients: recipients.children,
    algorithm,
    encrypted: { chunks, mac, ...covered },
  };
}

interface Match {
  readonly identity: Identity;
  readonly transported: TransportedKey;
}

function matchOf(recipients: readonly Ber[], identities: readonly Identity[]): Match | undefined {
  const named = identities
    .filter(({ privateKey }) => privateKey.asymmetricKeyType === 'rsa')
    .map((identity) => ({ identity, id: certificateIdOf(identity.certificate) }));
  for (const recipient of recipients) {
    const transported = readTransportedKey(recipient);
    if (!transported) continue;
    const match = named.find(({ id }) => id && isNamed(transported.recipient, id));
    if (match) return { identity: match.identity, transported };
  }
  return undefined;
}
