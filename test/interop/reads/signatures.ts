import { mailOf } from '../../secure/support/openssl.ts';
import { ENTITY, opensWith, type OpensslCase, type OpensslKit } from './openssl-kit.ts';

const PSS = ['-keyopt', 'rsa_padding_mode:pss'];
const ATTRIBUTES = ['-receipt_request_all', '-receipt_request_to', 'a'];

type Signer = 'sender' | 'elliptic';
const signedBy =
  (signer: Signer, ...options: readonly string[]) =>
  ({ openssl, recipient, [signer]: who }: OpensslKit): Uint8Array =>
    mailOf(openssl.envelope(openssl.sign(ENTITY, who, ...options), recipient, '-aes256'));

type Unusual = Parameters<typeof opensWith>[0];
const opens = (
  name: string,
  options: readonly string[],
  unusual: Unusual = {},
  signer: Signer = 'sender',
): OpensslCase => ({
  name,
  make: signedBy(signer, ...options),
  expected: opensWith(unusual, signer),
});
const refused = (name: string, options: readonly string[], expected: string): OpensslCase => ({
  name,
  make: signedBy('sender', ...options),
  expected,
});

const byAnEllipticKey = (options: readonly string[], digest: string): OpensslCase =>
  opens(
    `ECDSA with ${digest.toUpperCase()}${options.includes('-noattr') ? ' and no attributes' : ''}`,
    options,
    { digest, signature: 'ecdsa' },
    'elliptic',
  );

/** Refused as it is, and opened where the setting for senders who cannot do better is on. */
const overSha1 = (
  name: string,
  options: readonly string[],
  signature: string,
  signer: Signer = 'sender',
): readonly OpensslCase[] => {
  const make = signedBy(signer, '-md', 'sha1', ...options);
  const expected = opensWith({ digest: 'sha-1', signature }, signer);
  return [
    { name: `${name} with SHA-1`, make, expected: 'secure/weak-digest' },
    { name: `${name} with SHA-1, accepted`, make, expected, options: { acceptSha1: true } },
  ];
};

function altered({ openssl, sender, recipient }: OpensslKit): Uint8Array {
  const signed = openssl.sign(ENTITY, sender, '-md', 'sha1').toString('latin1');
  const other = Buffer.from(signed.replace('health record', 'wealth record'), 'latin1');
  return mailOf(openssl.envelope(other, recipient, '-aes256'));
}

function byTwo({ openssl, sender, elliptic, recipient }: OpensslKit): Uint8Array {
  const [certificate, key] = [elliptic.certificatePem, elliptic.privateKeyPem].map((pem) =>
    openssl.file(pem),
  );
  const signed = openssl.sign(ENTITY, sender, '-signer', certificate!, '-inkey', key!);
  return mailOf(openssl.envelope(signed, recipient, '-aes256'));
}

export const SIGNATURES: readonly OpensslCase[] = [
  opens('RSA with SHA-256', []),
  opens('RSA with SHA-384', ['-md', 'sha384'], { digest: 'sha-384' }),
  opens('RSA with SHA-512', ['-md', 'sha512'], { digest: 'sha-512' }),
  opens('RSA-PSS with SHA-256', PSS, { signature: 'rsa-pss' }),
  opens('RSA-PSS with SHA-512', ['-md', 'sha512', ...PSS], {
    digest: 'sha-512',
    signature: 'rsa-pss',
  }),
  opens('RSA-PSS with a salt of another length', [...PSS, '-keyopt', 'rsa_pss_saltlen:11'], {
    signature: 'rsa-pss',
  }),
  byAnEllipticKey([], 'sha-256'),
  byAnEllipticKey(['-md', 'sha384'], 'sha-384'),
  byAnEllipticKey(['-noattr', '-md', 'sha512'], 'sha-512'),
  opens('no signed attributes', ['-noattr']),
  opens('the signer named by its subject key identifier', ['-keyid']),
  opens('the content inside, in DER', ['-nodetach', '-outform', 'SMIME']),
  opens('the content inside, in BER', ['-nodetach', '-stream']),
  opens('a receipt request among the attributes', ATTRIBUTES),
  { name: 'two signers', make: byTwo, expected: 'opens: signed by elliptic and sender' },
  ...overSha1('RSA', [], 'rsa'),
  ...overSha1('RSA-PSS', PSS, 'rsa-pss'),
  ...overSha1('no signed attributes', ['-noattr'], 'rsa'),
  ...overSha1('ECDSA', [], 'ecdsa', 'elliptic'),
  refused('RSA with SHA-224', ['-md', 'sha224'], 'secure/bad-signature'),
  refused('RSA with MD5', ['-md', 'md5'], 'secure/weak-digest'),
  {
    ...refused('RSA with MD5, where SHA-1 is accepted', ['-md', 'md5'], 'secure/weak-digest'),
    options: { acceptSha1: true },
  },
  {
    name: 'SHA-1 over other content, accepted',
    make: altered,
    expected: 'secure/bad-signature',
    options: { acceptSha1: true },
  },
  refused(
    'RSA-PSS with MGF1 over another hash',
    [...PSS, '-keyopt', 'rsa_mgf1_md:sha1'],
    'secure/bad-signature',
  ),
  refused('the certificate left out', ['-nocerts'], 'secure/bad-signature'),
  refused('another content type', ['-econtent_type', '1.2.3.4'], 'secure/bad-signature'),
  refused(
    'another content type and no attributes',
    ['-econtent_type', '1.2.3.4', '-noattr'],
    'secure/bad-signature',
  ),
];
