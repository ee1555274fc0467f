import { afterAll, describe, expect, test } from '@jest/globals';
import type { Rule } from '../../../infra/local/partner/rules/rule.ts';
import { STAGES } from '../../../infra/local/partner/rules/stages.ts';
import type { DirectAddress, MessageId } from '../../../shared/ids.ts';
import type { KeyTransport } from '../../../shared/secure/cms/envelope/key-transport.ts';
import { secureMessage } from '../../../shared/secure/secure.ts';
import { craftedSignature, withSignature } from '../../secure/support/crafted-signature.ts';
import { mailOf, Openssl } from '../../secure/support/openssl.ts';
import { describeWith } from '../../support/needs.ts';
import {
  cachedAuthority,
  EMAIL_ADDRESS,
  issueQuickly,
  type Issued,
  type IssueOptions,
} from '../../support/pki.ts';
import {
  authority,
  clinic,
  encrypted,
  INNER,
  judged,
  RECIPIENT,
  replaced,
  sealed,
  sender,
  SENDER,
  signed,
  wrapped,
  type Posting,
} from './strict-post.ts';
import { DOCUMENT, sampleXdm } from './xdm-sample.ts';

const RULES: readonly Pick<Rule<never>, 'id' | 'source'>[] = Object.values(STAGES).flat();

const broken = async (raw: Uint8Array, posting: Posting = {}) => {
  const { refusedFor } = await judged(raw, posting);
  return refusedFor.map(({ id }) => id);
};

interface Ours {
  readonly signer?: Issued;
  readonly keyTransport?: KeyTransport;
  readonly requestText?: string;
}

/** A message of ours, as it leaves. */
const ours = async ({ signer = sender, keyTransport, requestText }: Ours = {}) => {
  const { bytes } = await secureMessage(
    {
      from: SENDER as DirectAddress,
      to: RECIPIENT as DirectAddress,
      messageId: 'abc@holder.example' as MessageId,
      date: new Date(),
      holderName: 'Krankenhaus Süd',
      text: 'Für Sie.',
      zip: sampleXdm([DOCUMENT]),
      ...(requestText !== undefined && { requestText }),
    },
    signer,
    [sender.certificate, clinic.certificate],
    keyTransport && { keyTransport },
  );
  return bytes;
};

const signedBy = async (options: IssueOptions): Promise<Uint8Array> =>
  sealed(INNER, await issueQuickly(authority, options));

/** A signature around its content, as an entity. */
const opaque = (content: Uint8Array): Uint8Array => mailOf(craftedSignature(content, sender));

/** For each rule a message that breaks it and no other, and where the envelope does, the envelope. */
const BREAKING: Readonly<Record<string, () => Promise<readonly [Uint8Array, Posting?]>>> = {
  'enveloped-type': async () => [
    replaced(await sealed(INNER), 'application/pkcs7-mime', 'application/x-pkcs7-mime'),
  ],
  'enveloped-base64': async () => {
    const raw = Buffer.from(await sealed(INNER));
    const bodyAt = raw.indexOf('\r\n\r\n') + 4;
    const header = replaced(raw.subarray(0, bodyAt), 'base64', 'binary');
    const cms = Buffer.from(raw.subarray(bodyAt).toString('latin1'), 'base64');
    return [Buffer.concat([header, cms])];
  },
  signed: async () => [encrypted(wrapped(INNER))],
  detached: async () => [encrypted(opaque(wrapped(INNER)))],
  'signer-certificate': async () => {
    const content = wrapped(INNER);
    const bare = { leavesSignerOut: true, certificates: [clinic.certificate] };
    const signature = craftedSignature(content, sender, bare);
    return [encrypted(withSignature(await signed(content), signature))];
  },
  'crlf-lines': async () => [encrypted(await signed(wrapped(INNER.replaceAll('\r\n', '\n'))))],
  'signature-verifies': async () => [
    encrypted(replaced(await signed(wrapped(INNER)), 'Here it is.', 'Here it was.')),
  ],
  wrapped: async () => [encrypted(await signed(Buffer.from(INNER)))],
  'wrapper-encoding': async () => [
    encrypted(await signed(wrapped(INNER, 'Content-Transfer-Encoding: 8bit\r\n'))),
  ],
  'seven-bit': async () => [await sealed(INNER.replace('Here', 'H\xe9re'))],
  'mail-from': async () => [await sealed(INNER), { mailFrom: 'bounce@holder.example' }],
  'recipients-named': async () => [
    await sealed(INNER),
    { recipients: [RECIPIENT, 'third@clinic.example'] },
  ],
  'signer-identity': () => signedBy({ address: 'somebody@holder.example' }).then((raw) => [raw]),
  trusted: async () => {
    const stranger = await cachedAuthority('Unknown Anchor');
    return [await sealed(INNER, await issueQuickly(stranger, { address: SENDER }))];
  },
};

const SOME = { notAfter: new Date(Date.now() + 86_400_000) };
const CHANGED_BY_SSL = ['content-cipher', 'key-transport'];

describe('a strict partner', () => {
  const ec = 'P-256' as const;
  test.each<[string, () => Promise<Ours>]>([
    ['as it mostly is', async () => ({})],
    ['with RSA-OAEP', async () => ({ keyTransport: 'rsaes-oaep-sha256' })],
    ['with what was asked', async () => ({ requestText: 'Größe: 1,80 m\n'.repeat(200) })],
    [
      'by a key on a curve',
      async () => ({ signer: await issueQuickly(authority, { address: SENDER, ec }) }),
    ],
    [
      'by a domain',
      async () => ({ signer: await issueQuickly(authority, { domain: 'holder.example' }) }),
    ],
  ])('answers what we send %s, and minds nothing of it', async (_, how) => {
    const { refusedFor, problems } = await judged(await ours(await how()));
    expect({ refusedFor, problems }).toEqual({ refusedFor: [], problems: [] });
  });

  test.each(Object.entries(BREAKING))(
    'refuses what breaks %s, and says only that',
    async (id, breaking) => {
      const [raw, posting] = await breaking();
      expect(await broken(raw, posting)).toEqual([id]);
    },
  );

  test('has a message for every one of its rules', () => {
    const tried = [...Object.keys(BREAKING), ...CHANGED_BY_SSL];
    expect(tried.toSorted()).toEqual(RULES.map(({ id }) => id).toSorted());
  });

  test('names for each rule who insists on it', () => {
    for (const { source } of RULES) expect(source).toMatch(/RI|ANSI\/DS/);
  });

  test.each([
    [
      'the last address among the names',
      [{ rfc822Name: 'x@y.example' }, { rfc822Name: SENDER }],
      [],
    ],
    [
      'no address but the last',
      [{ rfc822Name: SENDER }, { rfc822Name: 'x@y.example' }],
      ['signer-identity'],
    ],
    [
      'the first domain among the names',
      [{ dnsName: 'holder.example' }, { dnsName: 'y.example' }],
      [],
    ],
    [
      'no domain but the first',
      [{ dnsName: 'y.example' }, { dnsName: 'holder.example' }],
      ['signer-identity'],
    ],
    [
      'no domain beside an address',
      [{ dnsName: 'holder.example' }, { rfc822Name: 'x@y.example' }],
      ['signer-identity'],
    ],
  ])('takes as the identity of a signer %s', async (_, san, refused) => {
    expect(await broken(await signedBy({ ...SOME, san }))).toEqual(refused);
  });

  test('takes no name in the subject for an identity', async () => {
    const subject = [{ type: EMAIL_ADDRESS, text: SENDER, encoding: 'ia5' as const }];
    expect(await broken(await signedBy({ subject }))).toEqual(['signer-identity']);
  });

  test.each([
    [
      'MAIL FROM is the Sender',
      INNER.replace('To:', 'Sender: <desk@holder.example>\r\nTo:'),
      { mailFrom: 'desk@holder.example' },
    ],
    [
      'a recipient is in Cc',
      INNER.replace('Subject', 'Cc: "A, B" <x@clinic.example>\r\nSubject'),
      { recipients: ['X@clinic.example'] },
    ],
    [
      'case differs',
      INNER,
      { mailFrom: SENDER.toUpperCase(), recipients: [RECIPIENT.toUpperCase()] },
    ],
  ])('answers when %s', async (_, inner, posting) => {
    const desk = await issueQuickly(authority, { domain: 'holder.example' });
    expect(await broken(await sealed(inner, desk), posting)).toEqual([]);
  });

  test('does not take Bcc for To', async () => {
    const inner = INNER.replace('Subject', 'Bcc: <x@clinic.example>\r\nSubject');
    const raw = await sealed(inner);
    expect(await broken(raw, { recipients: ['x@clinic.example'] })).toEqual(['recipients-named']);
  });

  test('says of what is not to it what any reader says', async () => {
    expect(await broken(Buffer.from('From: a@b.example\r\n\r\nhello\r\n'))).toEqual([
      'enveloped-type',
      'enveloped-base64',
    ]);
    expect(await broken(mailOf(Buffer.from('no cms')))).toEqual(['content-cipher']);
  });
});

describeWith(['openssl'], 'a strict partner does not read', () => {
  const openssl = new Openssl();
  afterAll(() => openssl.remove());
  const oaep = ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt'];

  test.each([
    ['content-cipher', ['-aes-256-gcm']],
    ['content-cipher', ['-des3']],
    ['key-transport', ['-aes256', ...oaep, 'rsa_oaep_md:sha384']],
  ])('%s: %j', async (id, options) => {
    const cms = openssl.envelope(await signed(wrapped(INNER)), clinic, ...options);
    expect(await broken(mailOf(cms))).toEqual([id]);
  });

  test.each([[['-aes128', '-stream']], [['-aes256', ...oaep, 'rsa_oaep_md:sha512']]])(
    'anything less common than %j',
    async (options) => {
      const cms = openssl.envelope(await signed(wrapped(INNER)), clinic, ...options);
      expect(await broken(mailOf(cms))).toEqual([]);
    },
  );
});

describe('a normal partner', () => {
  const answered: readonly string[] = [
    'enveloped-type',
    'wrapped',
    'seven-bit',
    'mail-from',
    'recipients-named',
  ];

  test.each(answered)('answers what breaks %s, and notes it', async (id) => {
    const [raw, posting] = await BREAKING[id]!();
    const strict = await judged(raw, posting);
    const { refusedFor, problems } = await judged(raw, { ...posting, mode: 'normal' });
    expect(refusedFor).toEqual([]);
    expect(problems).toEqual(strict.refusedFor.map(({ reason }) => reason));
  });

  test.each([
    ['signed', 'secure/not-signed'],
    ['signature-verifies', 'secure/bad-signature'],
    ['signer-identity', 'trust/wrong-address'],
    ['trusted', 'trust/no-anchor'],
  ])('does not answer what breaks %s: %s', async (id, code) => {
    const [raw, posting] = await BREAKING[id]!();
    const { refusedFor } = await judged(raw, { ...posting, mode: 'normal' });
    expect(refusedFor).toEqual([{ id: code, reason: code }]);
  });
});
