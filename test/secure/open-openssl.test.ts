import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { innerMessage } from '../../shared/secure/inner-message.ts';
import { openMessage, type MessageAlgorithms, type OpenOptions } from '../../shared/secure/open.ts';
import { describeWith } from '../support/needs.ts';
import type { Issued } from '../support/pki.ts';
import { mailOf, Openssl } from './support/openssl.ts';
import { draft, person, valueOf } from './support/people.ts';
import { bytesOf } from './support/bytes-of.ts';

let sender: Issued;
let recipient: Issued;
let elliptic: Issued;
beforeAll(async () => {
  sender = await person('sender');
  recipient = await person('green');
  elliptic = await person('elliptic', { ec: 'P-256' });
});

const INNER = bytesOf(innerMessage(draft));
const ENTITY = Buffer.concat([Buffer.from('Content-Type: message/rfc822\r\n\r\n'), INNER]);

const USUAL: MessageAlgorithms = {
  contentEncryption: 'aes-256-cbc',
  keyTransport: 'rsaes-pkcs1-v1_5',
  digest: 'sha-256',
  signature: 'rsa',
};

const OAEP = ['-keyopt', 'rsa_padding_mode:oaep'];
const PSS = ['-keyopt', 'rsa_padding_mode:pss'];

const refusalOf = (raw: Uint8Array, options: OpenOptions = {}): string | undefined => {
  const outcome = openMessage(raw, [recipient], options);
  return outcome.ok ? undefined : outcome.failure.code;
};
const opens = (
  raw: Uint8Array,
  signer: Issued,
  algorithms: Partial<MessageAlgorithms> = {},
  options: OpenOptions = {},
): void => {
  const opened = valueOf(openMessage(raw, [recipient], options));
  expect(Buffer.compare(opened.inner, INNER)).toBe(0);
  expect(Buffer.compare(opened.signer, signer.certificate)).toBe(0);
  expect(opened.otherSigners).toEqual([]);
  expect(opened.algorithms).toEqual({ ...USUAL, ...algorithms });
};

describeWith(['openssl'], 'a message made by openssl', () => {
  const openssl = new Openssl();
  afterAll(() => openssl.remove());

  test.each<[string, string[], Partial<MessageAlgorithms>]>([
    ['AES-128-CBC', ['-aes-128-cbc'], { contentEncryption: 'aes-128-cbc' }],
    ['AES-192-CBC', ['-aes-192-cbc'], { contentEncryption: 'aes-192-cbc' }],
    ['AES-256-CBC', ['-aes-256-cbc'], {}],
    ['AES-128-GCM', ['-aes-128-gcm'], { contentEncryption: 'aes-128-gcm' }],
    ['AES-192-GCM', ['-aes-192-gcm'], { contentEncryption: 'aes-192-gcm' }],
    ['AES-256-GCM', ['-aes-256-gcm'], { contentEncryption: 'aes-256-gcm' }],
    ['RSA-OAEP with SHA-1', ['-aes256', ...OAEP], { keyTransport: 'rsaes-oaep-sha1' }],
    [
      'RSA-OAEP with SHA-256',
      ['-aes256', ...OAEP, '-keyopt', 'rsa_oaep_md:sha256'],
      { keyTransport: 'rsaes-oaep-sha256' },
    ],
    [
      'RSA-OAEP with SHA-512',
      ['-aes256', ...OAEP, '-keyopt', 'rsa_oaep_md:sha512'],
      { keyTransport: 'rsaes-oaep-sha512' },
    ],
    ['a subject key identifier', ['-aes256', '-keyid'], {}],
    [
      'RSA-OAEP and GCM',
      ['-aes-256-gcm', ...OAEP, '-keyopt', 'rsa_oaep_md:sha256'],
      { contentEncryption: 'aes-256-gcm', keyTransport: 'rsaes-oaep-sha256' },
    ],
  ])('opens when it is encrypted with %s, in DER and in BER', (_, options, algorithms) => {
    const signed = openssl.sign(ENTITY, sender);
    const definite = openssl.envelope(signed, recipient, ...options);
    const indefinite = openssl.envelope(signed, recipient, '-stream', ...options);

    expect(definite[1]).toBe(0x82);
    expect(indefinite[1]).toBe(0x80);
    opens(mailOf(definite), sender, algorithms);
    const type = 'application/x-pkcs7-mime; smime-type=enveloped-data';
    opens(mailOf(indefinite, type), sender, algorithms);
  });

  test.each<[string, string[], Partial<MessageAlgorithms>]>([
    ['SHA-256', [], {}],
    ['SHA-384', ['-md', 'sha384'], { digest: 'sha-384' }],
    ['SHA-512', ['-md', 'sha512'], { digest: 'sha-512' }],
    ['RSA-PSS', PSS, { signature: 'rsa-pss' }],
    [
      'RSA-PSS with SHA-512',
      ['-md', 'sha512', ...PSS],
      { digest: 'sha-512', signature: 'rsa-pss' },
    ],
    [
      'RSA-PSS with salt of another length',
      [...PSS, '-keyopt', 'rsa_pss_saltlen:11'],
      { signature: 'rsa-pss' },
    ],
    ['no signed attributes', ['-noattr'], {}],
    ['a subject key identifier', ['-keyid'], {}],
    ['the content inside, in DER', ['-nodetach', '-outform', 'SMIME'], {}],
    ['the content inside, in BER', ['-nodetach', '-stream'], {}],
    [
      'a receipt request among the attributes',
      ['-receipt_request_all', '-receipt_request_to', 'a'],
      {},
    ],
  ])('opens when it is signed with %s', (_, options, algorithms) => {
    const signed = openssl.sign(ENTITY, sender, ...options);

    opens(mailOf(openssl.envelope(signed, recipient, '-aes256')), sender, algorithms);
  });

  test.each<[string[], MessageAlgorithms['digest']]>([
    [[], 'sha-256'],
    [['-md', 'sha384'], 'sha-384'],
    [['-noattr', '-md', 'sha512'], 'sha-512'],
  ])('opens when it is signed with an elliptic curve key: %j', (options, digest) => {
    const signed = openssl.sign(ENTITY, elliptic, ...options);
    const envelope = openssl.envelope(signed, recipient, '-aes256');

    opens(mailOf(envelope), elliptic, { digest, signature: 'ecdsa' });
  });

  test('opens as openssl mails it, with its own MIME lines', () => {
    const signed = openssl.sign(ENTITY, sender);
    const certificate = openssl.file(recipient.certificatePem);

    opens(openssl.cms(signed, '-encrypt', '-aes256', '-binary', certificate), sender);
  });

  test('opens to the second of two recipients, and to a second identity', async () => {
    const signed = openssl.sign(ENTITY, sender);
    const other = await person('blue');
    const both = ['-aes256', '-recip', openssl.file(other.certificatePem)];
    const raw = mailOf(openssl.envelope(signed, recipient, ...both));

    opens(raw, sender);
    expect(openMessage(raw, [sender, other]).ok).toBe(true);
  });

  test('with two good signatures names both signers', () => {
    const [certificate, key] = [
      openssl.file(elliptic.certificatePem),
      openssl.file(elliptic.privateKeyPem),
    ];
    const signed = openssl.sign(ENTITY, sender, '-signer', certificate, '-inkey', key);
    const opened = valueOf(
      openMessage(mailOf(openssl.envelope(signed, recipient, '-aes256')), [recipient]),
    );
    const names = [opened.signer, ...opened.otherSigners].map((each) =>
      Buffer.from(each).toString('hex'),
    );

    expect(names.toSorted()).toEqual(
      [sender, elliptic].map((each) => Buffer.from(each.certificate).toString('hex')).toSorted(),
    );
  });

  test.each([
    ['MGF1 over another hash', [...PSS, '-keyopt', 'rsa_mgf1_md:sha1']],
    ['a certificate that is left out', ['-nocerts']],
    ['another content type', ['-econtent_type', '1.2.3.4']],
    ['another content type and no attributes', ['-econtent_type', '1.2.3.4', '-noattr']],
  ])('secure/bad-signature: signed with %s', (_, options) => {
    const signed = openssl.sign(ENTITY, sender, ...options);

    expect(refusalOf(mailOf(openssl.envelope(signed, recipient, '-aes256')))).toBe(
      'secure/bad-signature',
    );
  });

  test.each<[string, string[], MessageAlgorithms['signature']]>([
    ['RSA', [], 'rsa'],
    ['RSA-PSS', PSS, 'rsa-pss'],
    ['no signed attributes', ['-noattr'], 'rsa'],
  ])(
    'secure/weak-digest: signed over SHA-1 with %s, unless that is accepted',
    (_, options, signature) => {
      const signed = openssl.sign(ENTITY, sender, '-md', 'sha1', ...options);
      const raw = mailOf(openssl.envelope(signed, recipient, '-aes256'));

      expect(refusalOf(raw)).toBe('secure/weak-digest');
      opens(raw, sender, { digest: 'sha-1', signature }, { acceptSha1: true });
    },
  );

  test('secure/weak-digest: signed over SHA-1 with an elliptic curve key, unless that is accepted', () => {
    const signed = openssl.sign(ENTITY, elliptic, '-md', 'sha1');
    const raw = mailOf(openssl.envelope(signed, recipient, '-aes256'));

    expect(refusalOf(raw)).toBe('secure/weak-digest');
    opens(raw, elliptic, { digest: 'sha-1', signature: 'ecdsa' }, { acceptSha1: true });
  });

  test('secure/weak-digest: signed over MD5, whatever is accepted', () => {
    const signed = openssl.sign(ENTITY, sender, '-md', 'md5');
    const raw = mailOf(openssl.envelope(signed, recipient, '-aes256'));

    expect(refusalOf(raw)).toBe('secure/weak-digest');
    expect(refusalOf(raw, { acceptSha1: true })).toBe('secure/weak-digest');
  });

  test('secure/bad-signature: accepted or not, SHA-1 over other content', () => {
    const signed = openssl.sign(ENTITY, sender, '-md', 'sha1').toString('latin1');
    const altered = Buffer.from(signed.replace('health record', 'wealth record'), 'latin1');
    const raw = mailOf(openssl.envelope(altered, recipient, '-aes256'));

    expect(refusalOf(raw, { acceptSha1: true })).toBe('secure/bad-signature');
  });

  test('secure/undecryptable: triple DES', () => {
    const signed = openssl.sign(ENTITY, sender);

    expect(refusalOf(mailOf(openssl.envelope(signed, recipient, '-des3')))).toBe(
      'secure/undecryptable',
    );
  });

  test('secure/undecryptable: RSA-OAEP with MGF1 over another hash', () => {
    const options = [
      '-aes256',
      ...OAEP,
      '-keyopt',
      'rsa_oaep_md:sha256',
      '-keyopt',
      'rsa_mgf1_md:sha1',
    ];
    const envelope = openssl.envelope(openssl.sign(ENTITY, sender), recipient, ...options);

    expect(refusalOf(mailOf(envelope))).toBe('secure/undecryptable');
  });

  test('secure/not-encrypted: signed outside, whatever the content type says', () => {
    const signed = openssl.sign(ENTITY, sender, '-nodetach', '-outform', 'DER');

    expect(refusalOf(mailOf(signed, 'application/pkcs7-mime; smime-type=enveloped-data'))).toBe(
      'secure/not-encrypted',
    );
  });

  test('secure/not-signed: encrypted twice', () => {
    const encrypted = mailOf(openssl.envelope(ENTITY, recipient, '-aes256'));

    expect(refusalOf(mailOf(openssl.envelope(encrypted, recipient, '-aes256')))).toBe(
      'secure/not-signed',
    );
  });
});
