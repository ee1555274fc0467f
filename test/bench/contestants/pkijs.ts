import { createHash, webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import { zipSync } from 'fflate';
import {
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  EnvelopedData,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { derOfPem, enveloped, mailWith, multipartSigned } from '../mail/newcomer.ts';
import type { CaseFiles } from '../protocol/case-files.ts';
import { serve } from '../protocol/serve.ts';

/** An `Algorithm` with a length, which the type of the library does not know. */
const AES_256_CBC = { name: 'AES-CBC', length: 256 };
const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const ENVELOPED_DATA = '1.2.840.113549.1.7.3';

/** As the examples of the library have it, with everything at its default. */
async function secured(files: CaseFiles): Promise<(entity: Uint8Array) => Promise<Buffer>> {
  const sender = Certificate.fromBER(derOfPem(files.key('sender.crt')));
  const recipient = Certificate.fromBER(derOfPem(files.key('recipient.crt')));
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const pkcs8 = derOfPem(files.key('sender.key'));
  const key = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);

  return async (entity) => {
    const signature = await signatureOf(entity, sender, key);
    const signed = multipartSigned(entity, signature);
    const envelope = new EnvelopedData();
    envelope.addRecipientByCertificate(recipient);
    await envelope.encrypt(AES_256_CBC, arrayOf(signed));
    return enveloped(contentInfo(ENVELOPED_DATA, envelope.toSchema()));
  };
}

async function signatureOf(
  entity: Uint8Array,
  certificate: Certificate,
  key: webcrypto.CryptoKey,
): Promise<Buffer> {
  const digest = await webcrypto.subtle.digest('SHA-256', entity);
  const attributes = [
    attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: DATA })),
    attribute('1.2.840.113549.1.9.5', new asn1js.UTCTime({ valueDate: new Date() })),
    attribute('1.2.840.113549.1.9.4', new asn1js.OctetString({ valueHex: digest })),
  ];
  const { issuer, serialNumber } = certificate;
  const signedData = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: DATA }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer, serialNumber }),
        signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
      }),
    ],
    certificates: [certificate],
  });
  await signedData.sign(key, 0, 'SHA-256', arrayOf(entity));
  return contentInfo(SIGNED_DATA, signedData.toSchema(true));
}

const attribute = (type: string, value: asn1js.BaseBlock): Attribute =>
  new Attribute({ type, values: [value] });

const contentInfo = (contentType: string, content: asn1js.BaseBlock): Buffer =>
  Buffer.from(new ContentInfo({ contentType, content }).toSchema().toBER(false));

const arrayOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

void serve({
  async pipeline(files) {
    const contents = files.zipFiles();
    const documents = files.documents();
    const secure = await secured(files);
    return async () => {
      for (const bytes of documents) {
        createHash('sha1').update(bytes).digest('hex');
        createHash('sha256').update(bytes).digest('hex');
      }
      const zip = zipSync(Object.fromEntries(contents.map(({ name, bytes }) => [name, bytes])));
      return secure(mailWith(zip));
    };
  },

  async smime(files) {
    const entity = files.entity();
    const secure = await secured(files);
    return () => secure(entity);
  },
});
