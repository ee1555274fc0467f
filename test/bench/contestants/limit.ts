import {
  constants,
  createCipheriv,
  createHash,
  createPrivateKey,
  publicEncrypt,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { MAIL_HEAD } from '../mail/frame.ts';
import { encodeLines, linesLength } from '../mail/base64-lines.ts';
import type { CaseFiles } from '../protocol/case-files.ts';
import { serve, type Made } from '../protocol/serve.ts';

/*
 * What nobody can go below: each primitive over the bytes that it has to see, one after the other, and nothing in
 * between. It puts no message together; what comes out of a primitive is dropped, and where one needs the result of
 * another it takes other bytes of the same number.
 */

const WINDOW_BYTES = 64 * 1024;
/** The attributes that are signed, and what a signature with one certificate adds to a message. */
const ATTRIBUTES = randomBytes(150);
const SIGNATURE_BYTES = 3500;
/** What stands around the ciphertext in an envelope for one. */
const FRAME_BYTES = 600;

type Parts = Readonly<Record<string, () => unknown>>;

/** Runs every part once, and times each. */
function sum(parts: Parts, bytes: number): Made {
  const partMs = Object.entries(parts).map(([name, part]): [string, number] => {
    const start = performance.now();
    part();
    return [name, performance.now() - start];
  });
  return { bytes, partMs: Object.fromEntries(partMs) };
}

const hash = (algorithm: string, all: readonly Uint8Array[]): void => {
  for (const bytes of all) createHash(algorithm).update(bytes).digest();
};

function encrypt(bytes: Uint8Array): void {
  const cipher = createCipheriv('aes-256-cbc', randomBytes(32), randomBytes(16));
  for (let at = 0; at < bytes.length; at += WINDOW_BYTES) {
    cipher.update(bytes.subarray(at, at + WINDOW_BYTES));
  }
  cipher.final();
}

/** Of all settings that make nothing larger at level 6. */
const FASTEST = { level: 6, memLevel: 9, chunkSize: WINDOW_BYTES };

const deflate = (bytes: Uint8Array): Buffer => deflateRawSync(bytes, FASTEST);

/** The parts of signing and encrypting an entity of so many bytes. */
function smimeParts(files: CaseFiles, entity: Uint8Array): Parts {
  const privateKey = createPrivateKey(files.key('sender.key'));
  const publicKey = new X509Certificate(files.key('recipient.crt')).publicKey;
  const signed = Buffer.concat([entity, randomBytes(SIGNATURE_BYTES)]);
  const enveloped = Buffer.concat([signed, randomBytes(FRAME_BYTES)]);
  const padded = { key: publicKey, padding: constants.RSA_PKCS1_PADDING };
  return {
    'sha-256 of the entity': () => hash('sha256', [entity]),
    'rsa sign': () => sign('sha256', ATTRIBUTES, privateKey),
    'rsa encrypt': () => publicEncrypt(padded, randomBytes(32)),
    'aes-256-cbc': () => encrypt(signed),
    'base64 of the envelope': () => encodeLines(enveloped),
  };
}

void serve({
  pipeline(files) {
    const documents = files.documents();
    const zipped = files.zipFiles().map(({ bytes }) => bytes);
    const zip = Buffer.concat(zipped.map(deflate));
    const entity = randomBytes(MAIL_HEAD.length + linesLength(zip.length));
    const secure = smimeParts(files, entity);
    const parts: Parts = {
      deflate: () => zipped.forEach(deflate),
      'crc-32': () => zipped.forEach((bytes) => crc32(bytes)),
      'sha-1': () => hash('sha1', documents),
      'sha-256': () => hash('sha256', documents),
      'base64 of the zip': () => encodeLines(zip),
      ...secure,
    };
    return () => sum(parts, linesLength(entity.length));
  },

  smime(files) {
    const entity = files.entity();
    const parts = smimeParts(files, entity);
    return () => sum(parts, linesLength(entity.length));
  },
});
