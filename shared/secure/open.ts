import { done, fail, type Outcome } from '../outcome.ts';
import type { HashName } from '../trust/cms/algorithms.ts';
import type { VerifiedContent } from '../trust/cms/signed-data.ts';
import { decryptEnvelope, type Decrypted } from './cms/envelope/enveloped-data.ts';
import { verifiedContent } from './cms/signature/verified-content.ts';
import type { Identity } from './keys.ts';
import { decodeBody, headerOf, readMime, readMimeHeader, type MimeEntity } from './mime.ts';

export interface OpenOptions {
  /** For senders who cannot do better: SHA-1 in signatures. Never MD5. @default false */
  readonly acceptSha1?: boolean;
}

/** With what a message was protected. */
export interface MessageAlgorithms extends Pick<Decrypted, 'contentEncryption' | 'keyTransport'> {
  readonly digest: DigestName;
  readonly signature: 'rsa' | 'rsa-pss' | 'ecdsa';
}

type DigestName = 'sha-1' | 'sha-256' | 'sha-384' | 'sha-512';

/** A message that was encrypted to us and bears a good signature. Whose it is, trust must say. */
export interface OpenedMessage {
  /** RFC 5322 bytes, unwrapped. */
  readonly inner: Uint8Array;
  readonly innerEntity: MimeEntity;
  /** DER of the certificate whose key verified. Only the signature of its issuer vouches for the rest of it. */
  readonly signer: Uint8Array;
  /** Of a message with several good signatures, the certificates of the rest. */
  readonly otherSigners: readonly Uint8Array[];
  /** DER of all that the signature brings; authorities on the way to an anchor may be among them. */
  readonly certificates: readonly Uint8Array[];
  /** Whether the signature covers the header of `inner`; an old sender signs only the body, whose header is outside. */
  readonly wrapped: boolean;
  /** Of the encryption to us, and of the signature of `signer`. */
  readonly algorithms: MessageAlgorithms;
  /** The header that travelled outside: nobody vouches for it. */
  readonly outer: MimeEntity;
}

/**
 * Opens a Direct message: decrypts it, verifies its signature over the exact bytes, unwraps it.
 * Bad bytes of any kind get a code; nothing is thrown for them.
 *
 * @param raw the mail as it came
 * @failure secure/not-encrypted, secure/undecryptable, secure/not-signed, secure/bad-signature, secure/malformed
 * @failure secure/weak-digest, secure/weak-key
 */
export function openMessage(
  raw: Uint8Array,
  identities: readonly Identity[],
  { acceptSha1 = false }: OpenOptions = {},
): Outcome<OpenedMessage> {
  const outer = readMimeHeader(raw);
  if (!outer.ok) return outer;
  const decrypted = decrypt(outer.value, identities);
  if (!decrypted.ok) return decrypted;
  const { entity, contentEncryption, keyTransport } = decrypted.value;
  const verified = verify(entity, acceptSha1);
  if (!verified.ok) return verified;
  const { content, signers, certificates } = verified.value;
  const inner = unwrap(content);
  if (!inner.ok) return inner;
  const [{ certificate, hash, signature }, ...others] = signers;
  return done({
    ...inner.value,
    signer: certificate,
    otherSigners: others.map((each) => each.certificate),
    certificates,
    algorithms: { contentEncryption, keyTransport, digest: DIGEST_NAMES[hash], signature },
    outer: outer.value,
  });
}

const DIGEST_NAMES: Readonly<Record<HashName, DigestName>> = {
  sha1: 'sha-1',
  sha256: 'sha-256',
  sha384: 'sha-384',
  sha512: 'sha-512',
};

/** What is encrypted, or has its signature around it. */
export const ENVELOPED: readonly string[] = ['application/pkcs7-mime', 'application/x-pkcs7-mime'];
const SIGNATURE = ['application/pkcs7-signature', 'application/x-pkcs7-signature'];

interface DecryptedEntity extends Omit<Decrypted, 'content'> {
  readonly entity: MimeEntity;
}

function decrypt(outer: MimeEntity, identities: readonly Identity[]): Outcome<DecryptedEntity> {
  if (!ENVELOPED.includes(outer.contentType.value)) return fail('secure/not-encrypted');
  const cms = decodeBody(outer);
  if (!cms.ok) return cms;
  const decrypted = decryptEnvelope(cms.value, identities);
  if (!decrypted.ok) return decrypted;
  const { content, ...algorithms } = decrypted.value;
  const entity = readMime(content);
  // A wrong key that happens to leave good padding yields noise, and must look like any other wrong key.
  return entity.ok && headerOf(entity.value, 'content-type') !== undefined
    ? done({ entity: entity.value, ...algorithms })
    : fail('secure/undecryptable');
}

/** RFC 8551: a signature beside its content, or around it. */
function verify(entity: MimeEntity, acceptSha1: boolean): Outcome<VerifiedContent> {
  if (ENVELOPED.includes(entity.contentType.value)) {
    const cms = decodeBody(entity);
    return cms.ok ? verifiedContent(cms.value, undefined, acceptSha1) : cms;
  }
  const [content, signature, ...more] = entity.parts;
  if (entity.contentType.value !== 'multipart/signed') return fail('secure/not-signed');
  if (!content || !signature || more.length > 0 || !entity.complete) {
    return fail('secure/malformed');
  }
  if (!SIGNATURE.includes(signature.contentType.value)) return fail('secure/not-signed');
  const cms = decodeBody(signature);
  return cms.ok ? verifiedContent(cms.value, content.bytes, acceptSha1) : cms;
}

function unwrap(
  signed: Uint8Array,
): Outcome<Pick<OpenedMessage, 'inner' | 'innerEntity' | 'wrapped'>> {
  const entity = readMime(signed);
  if (!entity.ok) return entity;
  if (entity.value.contentType.value !== 'message/rfc822') {
    return done({ inner: signed, innerEntity: entity.value, wrapped: false });
  }
  const inner = decodeBody(entity.value);
  if (!inner.ok) return inner;
  const innerEntity = readMime(inner.value);
  if (!innerEntity.ok) return innerEntity;
  return done({ inner: inner.value, innerEntity: innerEntity.value, wrapped: true });
}
