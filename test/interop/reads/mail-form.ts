import { mailOf } from '../../secure/support/openssl.ts';
import { ENTITY, opensWith, type OpensslCase, type OpensslKit } from './openssl-kit.ts';

const enveloped = ({ openssl, sender, recipient }: OpensslKit, signed?: Uint8Array): Buffer =>
  openssl.envelope(signed ?? openssl.sign(ENTITY, sender), recipient, '-aes256');

interface Form {
  readonly type?: string;
  readonly encoding?: string;
  readonly body: (cms: Buffer) => string | Buffer;
  readonly lineEnd?: string;
}

const inLinesOf = (length: number) => (cms: Buffer) =>
  cms.toString('base64').replaceAll(new RegExp(`.{${length}}`, 'g'), '$&\r\n');

const mailIn = (form: Form) => (kit: OpensslKit) => {
  const { type = 'application/pkcs7-mime', encoding = 'base64', body, lineEnd = '\r\n' } = form;
  const head = [
    'From: <someone@elsewhere.example>',
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    ...(encoding === '' ? [] : [`Content-Transfer-Encoding: ${encoding}`]),
    '',
    '',
  ].join('\r\n');
  const content = body(enveloped(kit));
  if (typeof content !== 'string') return Buffer.concat([Buffer.from(head), content]);
  return Buffer.from(`${head}${content}\r\n`.replaceAll('\r\n', lineEnd));
};

const FORMS: readonly (readonly [string, Form, string])[] = [
  ['base64 in lines of 4', { body: inLinesOf(4) }, opensWith()],
  ['base64 in lines of 64', { body: inLinesOf(64) }, opensWith()],
  ['base64 in lines of 76', { body: inLinesOf(76) }, opensWith()],
  ['base64 in lines of 1000', { body: inLinesOf(1000) }, opensWith()],
  ['base64 in one line', { body: (cms) => cms.toString('base64') }, opensWith()],
  ['lines that end with LF', { body: inLinesOf(64), lineEnd: '\n' }, opensWith()],
  [
    'application/x-pkcs7-mime',
    { type: 'application/x-pkcs7-mime; smime-type=enveloped-data', body: inLinesOf(64) },
    opensWith(),
  ],
  [
    'application/pkcs7-mime with a name and no smime-type',
    { type: 'application/pkcs7-mime; name="smime.p7m"', body: inLinesOf(64) },
    opensWith(),
  ],
  [
    'application/octet-stream',
    { type: 'application/octet-stream; name="smime.p7m"', body: inLinesOf(64) },
    'secure/not-encrypted',
  ],
  ['transfer encoding binary', { encoding: 'binary', body: (cms) => cms }, opensWith()],
  ['transfer encoding 8bit', { encoding: '8bit', body: (cms) => cms }, opensWith()],
  ['no transfer encoding', { encoding: '', body: (cms) => cms }, opensWith()],
  [
    'transfer encoding 7bit over base64',
    { encoding: '7bit', body: inLinesOf(64) },
    'secure/malformed',
  ],
  [
    'an unknown transfer encoding',
    { encoding: 'x-uuencode', body: inLinesOf(64) },
    'secure/malformed',
  ],
];

/** All lines of what was signed end with LF, as on the sender's disk. */
const withLf = (signed: Buffer): Buffer =>
  Buffer.from(signed.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');

export const MAIL_FORM: readonly OpensslCase[] = [
  ...FORMS.map(([name, form, expected]) => ({ name, make: mailIn(form), expected })),
  {
    name: 'as openssl writes mail itself',
    make: ({ openssl, sender, recipient }) =>
      openssl.cms(
        openssl.sign(ENTITY, sender),
        '-encrypt',
        '-aes256',
        '-binary',
        openssl.file(recipient.certificatePem),
      ),
    expected: opensWith(),
  },
  {
    name: 'content that is signed with CRLF and travels with LF',
    make: (kit) => mailOf(enveloped(kit, withLf(kit.openssl.sign(ENTITY, kit.sender)))),
    expected: 'secure/bad-signature',
  },
  {
    name: 'signed outside, whatever the type says',
    make: ({ openssl, sender }) =>
      mailOf(
        openssl.sign(ENTITY, sender, '-nodetach', '-outform', 'DER'),
        'application/pkcs7-mime; smime-type=enveloped-data',
      ),
    expected: 'secure/not-encrypted',
  },
];
