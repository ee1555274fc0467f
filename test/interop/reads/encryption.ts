import { mailOf } from '../../secure/support/openssl.ts';
import { ENTITY, opensWith, type OpensslCase, type OpensslKit } from './openssl-kit.ts';

const OAEP = ['-aes256', '-keyopt', 'rsa_padding_mode:oaep'];
const oaepOver = (hash: string): string[] => [...OAEP, '-keyopt', `rsa_oaep_md:${hash}`];

/** Signed as usual, and encrypted with these options. */
const envelope = ({ openssl, sender, recipient }: OpensslKit, options: readonly string[]): Buffer =>
  openssl.envelope(openssl.sign(ENTITY, sender), recipient, ...options);

const encrypted = (options: readonly string[]) => (kit: OpensslKit) =>
  mailOf(envelope(kit, options));

type Unusual = Parameters<typeof opensWith>[0];

const ACCEPTED: readonly (readonly [string, readonly string[], Unusual])[] = [
  ['AES-128-CBC', ['-aes-128-cbc'], { contentEncryption: 'aes-128-cbc' }],
  ['AES-192-CBC', ['-aes-192-cbc'], { contentEncryption: 'aes-192-cbc' }],
  ['AES-256-CBC', ['-aes-256-cbc'], {}],
  ['AES-128-GCM', ['-aes-128-gcm'], { contentEncryption: 'aes-128-gcm' }],
  ['AES-192-GCM', ['-aes-192-gcm'], { contentEncryption: 'aes-192-gcm' }],
  ['AES-256-GCM', ['-aes-256-gcm'], { contentEncryption: 'aes-256-gcm' }],
  ['RSAES-OAEP with SHA-1', OAEP, { keyTransport: 'rsaes-oaep-sha1' }],
  ['RSAES-OAEP with SHA-256', oaepOver('sha256'), { keyTransport: 'rsaes-oaep-sha256' }],
  ['RSAES-OAEP with SHA-384', oaepOver('sha384'), { keyTransport: 'rsaes-oaep-sha384' }],
  ['RSAES-OAEP with SHA-512', oaepOver('sha512'), { keyTransport: 'rsaes-oaep-sha512' }],
  ['the recipient named by its subject key identifier', ['-aes256', '-keyid'], {}],
  [
    'RSAES-OAEP and GCM',
    ['-aes-256-gcm', ...oaepOver('sha256').slice(1)],
    { contentEncryption: 'aes-256-gcm', keyTransport: 'rsaes-oaep-sha256' },
  ],
];

/** The tag of the length: definite in four bytes in all, or indefinite. */
function lengthIs(first: number, cms: Buffer): Buffer {
  if (cms[1] !== first) throw new Error('openssl did not write the form that was asked for');
  return cms;
}

/** Each in both forms of encoding. */
const accepted = ACCEPTED.flatMap(([name, options, unusual]): readonly OpensslCase[] => [
  {
    name: `${name}, in DER`,
    make: (kit) => mailOf(lengthIs(0x82, envelope(kit, options))),
    expected: opensWith(unusual),
  },
  {
    name: `${name}, in BER`,
    make: (kit) => mailOf(lengthIs(0x80, envelope(kit, [...options, '-stream']))),
    expected: opensWith(unusual),
  },
]);

const toBoth = (kit: OpensslKit): Uint8Array =>
  encrypted(['-aes256', '-recip', kit.openssl.file(kit.other.certificatePem)])(kit);

export const ENCRYPTION: readonly OpensslCase[] = [
  ...accepted,
  { name: 'two recipients, to the one', make: toBoth, expected: opensWith() },
  { name: 'two recipients, to the other', make: toBoth, expected: opensWith(), opener: 'other' },
  ...(
    [
      ['triple DES', ['-des3']],
      ['DES', ['-des', '-provider', 'legacy', '-provider', 'default']],
      ['RC2', ['-rc2', '-provider', 'legacy', '-provider', 'default']],
      ['Camellia', ['-camellia256']],
      ['RSAES-OAEP with MGF1 over another hash', [...oaepOver('sha256'), ...mgf1('sha1')]],
      ['a label in RSAES-OAEP', [...OAEP, '-keyopt', 'rsa_oaep_label:6c6162656c']],
    ] as const
  ).map(([name, options]) => ({
    name,
    make: encrypted(options),
    expected: 'secure/undecryptable',
  })),
  {
    name: 'the message of somebody else',
    make: encrypted(['-aes256']),
    opener: 'other',
    expected: 'secure/undecryptable',
  },
  {
    name: 'a password instead of a certificate',
    make: ({ openssl, sender }) =>
      mailOf(openssl.cms(openssl.sign(ENTITY, sender), ...BY_PASSWORD)),
    expected: 'secure/undecryptable',
  },
  {
    name: 'key agreement on an elliptic curve',
    make: ({ openssl, sender, elliptic }) =>
      mailOf(openssl.envelope(openssl.sign(ENTITY, sender), elliptic, '-aes256')),
    opener: 'elliptic',
    expected: 'secure/undecryptable',
  },
  {
    name: 'encrypted and not signed',
    make: ({ openssl, recipient }) => mailOf(openssl.envelope(ENTITY, recipient, '-aes256')),
    expected: 'secure/not-signed',
  },
  {
    name: 'encrypted twice',
    make: ({ openssl, recipient }) =>
      mailOf(
        openssl.envelope(
          mailOf(openssl.envelope(ENTITY, recipient, '-aes256')),
          recipient,
          '-aes256',
        ),
      ),
    expected: 'secure/not-signed',
  },
];

function mgf1(hash: string): readonly string[] {
  return ['-keyopt', `rsa_mgf1_md:${hash}`];
}

const BY_PASSWORD = ['-encrypt', '-binary', '-outform', 'DER', '-aes256', '-pwri_password', 'no'];
