import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import forge from 'node-forge';
import { enveloped, mailWith, multipartSigned } from '../mail/newcomer.ts';
import type { CaseFiles } from '../protocol/case-files.ts';
import { serve } from '../protocol/serve.ts';

/** As the examples of the library have it: RSA and AES-256-CBC in JavaScript, over strings of bytes. */
function secured(files: CaseFiles): (entity: Uint8Array) => Buffer {
  const sender = forge.pki.certificateFromPem(files.key('sender.crt'));
  const recipient = forge.pki.certificateFromPem(files.key('recipient.crt'));
  const key = forge.pki.privateKeyFromPem(files.key('sender.key'));
  return (entity) => {
    const signed = multipartSigned(entity, signatureOf(entity, sender, key));
    const envelope = forge.pkcs7.createEnvelopedData();
    envelope.addRecipient(recipient);
    envelope.content = forge.util.createBuffer(signed.toString('binary'));
    envelope.encrypt();
    return enveloped(derOf(envelope));
  };
}

function signatureOf(
  entity: Uint8Array,
  certificate: forge.pki.Certificate,
  key: forge.pki.PrivateKey,
): Buffer {
  const { data, contentType, messageDigest, signingTime, sha256 } = forge.pki.oids;
  const signedData = forge.pkcs7.createSignedData();
  signedData.content = forge.util.createBuffer(Buffer.from(entity).toString('binary'));
  signedData.addCertificate(certificate);
  signedData.addSigner({
    key: key as forge.pki.rsa.PrivateKey,
    certificate,
    digestAlgorithm: sha256!,
    authenticatedAttributes: [
      { type: contentType!, value: data! },
      { type: messageDigest! },
      { type: signingTime!, value: new Date().toString() },
    ],
  });
  signedData.sign({ detached: true });
  return derOf(signedData);
}

const derOf = (content: { toAsn1(): forge.asn1.Asn1 }): Buffer =>
  Buffer.from(forge.asn1.toDer(content.toAsn1()).getBytes(), 'binary');

void serve({
  pipeline(files) {
    const contents = files.zipFiles();
    const documents = files.documents();
    const secure = secured(files);
    return () => {
      for (const bytes of documents) {
        createHash('sha1').update(bytes).digest('hex');
        createHash('sha256').update(bytes).digest('hex');
      }
      return secure(
        mailWith(zipSync(Object.fromEntries(contents.map(({ name, bytes }) => [name, bytes])))),
      );
    };
  },

  smime(files) {
    const entity = files.entity();
    const secure = secured(files);
    return () => secure(entity);
  },
});
