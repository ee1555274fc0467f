import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { decryptEnvelope } from '../../shared/secure/cms/envelope/enveloped-data.ts';
import { detachedSignature } from '../../shared/secure/cms/signature/detached-signature.ts';
import { innerMessage } from '../../shared/secure/inner-message.ts';
import { decodeBody, readMime } from '../../shared/secure/mime.ts';
import { openMessage } from '../../shared/secure/open.ts';
import { sealable, secureBytes, secureMessage } from '../../shared/secure/secure.ts';
import { describeWith } from '../support/needs.ts';
import { cachedAuthority, type Issued } from '../support/pki.ts';
import { encryptEntity, signEntity } from './support/entities.ts';
import { Openssl } from './support/openssl.ts';
import { draft, person, valueOf } from './support/people.ts';
import { bytesOf } from './support/bytes-of.ts';

let authority: Issued;
let sender: Issued;
let recipient: Issued;
let second: Issued;
let elliptic: Issued;
beforeAll(async () => {
  authority = await cachedAuthority();
  sender = await person('sender');
  recipient = await person('green');
  second = await person('blue');
  elliptic = await person('elliptic', { ec: 'P-256' });
});

/** What was signed, as it comes out of the encryption. */
const signedOf = (message: Uint8Array): string =>
  asText(
    valueOf(decryptEnvelope(valueOf(decodeBody(valueOf(readMime(message)))), [recipient])).content,
  );

const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describeWith(['openssl'], 'a secured message, read by openssl', () => {
  const openssl = new Openssl();
  afterAll(() => openssl.remove());
  const innerOf = (message: Uint8Array, reader: Issued): string =>
    asText(openssl.verify(openssl.decrypt(message, reader), authority)).replace(
      /^Content-Type: message\/rfc822\r\n\r\n/,
      '',
    );

  test('is decrypted and verified, and holds the inner message unchanged', async () => {
    const { bytes } = await secureMessage(draft, sender, [recipient.certificate]);

    expect(innerOf(bytes, recipient)).toBe(asText(bytesOf(innerMessage(draft))));
  });

  test('is readable to each of two recipients', async () => {
    const { bytes } = await secureMessage(draft, sender, [
      recipient.certificate,
      second.certificate,
    ]);

    expect(innerOf(bytes, recipient)).toBe(asText(bytesOf(innerMessage(draft))));
    expect(innerOf(bytes, second)).toBe(asText(bytesOf(innerMessage(draft))));
  });

  test('may carry its key by RSA-OAEP with SHA-256', async () => {
    const keyTransport = 'rsaes-oaep-sha256';
    const { bytes } = await secureMessage(draft, sender, [recipient.certificate], { keyTransport });

    expect(openssl.cms(bytes, '-cmsout', '-noout', '-print').toString()).toContain('rsaesOaep');
    expect(innerOf(bytes, recipient)).toBe(asText(bytesOf(innerMessage(draft))));
  });

  test('may be signed with an elliptic curve key', async () => {
    const { bytes } = await secureMessage(draft, elliptic, [recipient.certificate]);

    expect(innerOf(bytes, recipient)).toBe(asText(bytesOf(innerMessage(draft))));
  });

  test('is signed with the four attributes, at the time of the draft, with one certificate', async () => {
    const { bytes } = await secureMessage(draft, sender, [recipient.certificate]);
    const signed = openssl.decrypt(bytes, recipient);
    const printed = openssl.cms(signed, '-cmsout', '-noout', '-print').toString();

    expect(printed.match(/object: .*(?=\n *set:)/g)).toEqual([
      'object: contentType (1.2.840.113549.1.9.3)',
      'object: signingTime (1.2.840.113549.1.9.5)',
      'object: undefined (1.2.840.113549.1.9.52)',
      'object: messageDigest (1.2.840.113549.1.9.4)',
    ]);
    expect(printed).toContain('UTCTIME:Mar  9 01:02:03 2025 GMT');
    expect(printed.match(/d\.certificate/g)).toHaveLength(1);
    expect(printed).toMatch(/eContent:\s+<ABSENT>/);
  });
});

describe('a signed entity', () => {
  test('says in its header how it is signed, and has the content and the signature as its parts', async () => {
    const entity = Buffer.from('Content-Type: text/plain\r\n\r\nHello\r\n');
    const { fields, contentType, parts } = valueOf(
      readMime(await signEntity(entity, sender, draft.date)),
    );

    expect(fields.map(({ name }) => name)).toEqual(['content-type']);
    expect(contentType.value).toBe('multipart/signed');
    expect(Object.fromEntries(contentType.parameters)).toEqual({
      protocol: 'application/pkcs7-signature',
      micalg: 'sha256',
      boundary: expect.any(String),
    });
    expect(parts).toHaveLength(2);
    expect(asText(parts[0]!.bytes)).toBe(entity.toString());
    expect(parts[1]!.fields.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'content-type: application/pkcs7-signature; smime-type=signed-data; name="smime.p7s"',
      'content-transfer-encoding: base64',
      'content-disposition: attachment; filename="smime.p7s"',
    ]);
  });

  test.each([
    ['1949-12-31T23:59:59Z', '180f31393439313233313233353935395a'],
    ['1950-01-01T00:00:00Z', '170d3530303130313030303030305a'],
    ['2049-12-31T23:59:59Z', '170d3439313233313233353935395a'],
    ['2050-01-01T00:00:00Z', '180f32303530303130313030303030305a'],
  ])('bears the time in the form that its year asks for: %s', async (date, encoded) => {
    const signature = await detachedSignature(Buffer.alloc(32), sender, new Date(date));

    expect(Buffer.from(signature).toString('hex')).toContain(encoded);
  });
});

describe('a secured message', () => {
  test('shows outside only who, to whom, when and its Message-ID', async () => {
    const { bytes } = await secureMessage(draft, sender, [recipient.certificate]);
    const { fields } = valueOf(readMime(bytes));

    expect(fields.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'mime-version: 1.0',
      'from: <records@holder.example>',
      'to: <dr.green@clinic.example>',
      'date: Sun, 09 Mar 2025 01:02:03 +0000',
      'message-id: <k3j5x7q2@holder.example>',
      'content-type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
      'content-transfer-encoding: base64',
      'content-disposition: attachment; filename="smime.p7m"',
    ]);
  });

  test('is pure 7-bit, with CRLF, its base64 in lines of 76', async () => {
    const { bytes } = await secureMessage(draft, sender, [recipient.certificate]);
    const [, body = ''] = asText(bytes).split('\r\n\r\n');
    const lines = body.split('\r\n');

    expect(asText(bytes)).toMatch(/^(?:[\x20-\x7e]*\r\n)+$/);
    expect(new Set(lines.slice(0, -2).map(({ length }) => length))).toEqual(new Set([76]));
  });

  test('is as long as was said before anything was encrypted, and says its addresses', async () => {
    const ready = sealable(draft, sender, [recipient.certificate]);
    const message = await ready.seal();

    expect(message.bytes.length).toBe(ready.sizeBytes);
    expect(message).toMatchObject({
      from: draft.from,
      to: draft.to,
      messageId: draft.messageId,
    });
  });

  test('differs each time in its encryption, and in nothing inside it', async () => {
    const one = await secureMessage(draft, sender, [recipient.certificate]);
    const two = await secureMessage(draft, sender, [recipient.certificate]);

    expect(asText(one.bytes)).not.toBe(asText(two.bytes));
    expect(signedOf(one.bytes)).toBe(signedOf(two.bytes));
  });

  test('is sealed once: the same key over two contents would tell both', async () => {
    const ready = sealable(draft, sender, [recipient.certificate]);
    await ready.seal();

    await expect(ready.seal()).rejects.toThrow('once');
  });

  test('cannot be made for nobody, nor for a key that is not RSA', async () => {
    await expect(secureMessage(draft, sender, [])).rejects.toThrow('nobody');
    const toCurve = secureMessage(draft, sender, [elliptic.certificate]);
    await expect(toCurve).rejects.toThrow('RSA');
  });

  test('may hold any message: what goes in comes out, signed by who signed', async () => {
    const inner = Buffer.from(
      'From: <dr.green@clinic.example>\r\nSubject: Processed\r\n\r\nDone.\r\n',
    );
    const { bytes } = await secureBytes({ ...draft, inner }, elliptic, [recipient.certificate]);
    const opened = valueOf(openMessage(bytes, [second, recipient]));

    expect(asText(opened.inner)).toBe(inner.toString());
    expect(asText(opened.signer)).toBe(asText(elliptic.certificate));
    expect(opened.wrapped).toBe(true);
  });

  test('of an entity that is not wrapped opens too, and says that its header is not signed', async () => {
    const entity = Buffer.from('Content-Type: text/plain\r\n\r\nHello\r\n');
    const signed = await signEntity(entity, sender, draft.date);
    const opened = valueOf(
      openMessage(encryptEntity(signed, [recipient.certificate]), [recipient]),
    );

    expect(asText(opened.inner)).toBe(entity.toString());
    expect(opened.wrapped).toBe(false);
  });

  test.each(['1949-12-31T23:59:59Z', '2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z'])(
    'opens whenever it was signed: %s',
    async (date) => {
      const message = await secureMessage({ ...draft, date: new Date(date) }, sender, [
        recipient.certificate,
      ]);

      expect(openMessage(message.bytes, [recipient]).ok).toBe(true);
    },
  );

  test('of 10 MB is secured and opened in little more memory than what is kept', () => {
    const script = resolve(import.meta.dirname, 'support/ten-megabytes.ts');
    const run = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    const { same, securedMegabytes, openedMegabytes } = JSON.parse(run.stdout) as {
      readonly same: boolean;
      readonly securedMegabytes: number;
      readonly openedMegabytes: number;
    };

    expect(same).toBe(true);
    // 10 of package, 14 of inner message, 19 of message; the rest is ciphertext that waits for the collector.
    expect(securedMegabytes).toBeLessThan(100);
    // 14 each of CMS, decrypted pieces and decrypted content.
    expect(openedMegabytes).toBeLessThan(100);
  });
});
