import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { constants, publicEncrypt, randomBytes } from 'node:crypto';
import type { Outcome } from '../../shared/outcome.ts';
import { OID } from '../../shared/trust/cms/algorithms.ts';
import { readBer } from '../../shared/trust/cms/ber.ts';
import { der, derOid, TAG } from '../../shared/trust/cms/der.ts';
import {
  readTransportedKey,
  transportKey,
} from '../../shared/secure/cms/envelope/key-transport.ts';
import { innerMessage } from '../../shared/secure/inner-message.ts';
import { decodeBody, readMime } from '../../shared/secure/mime.ts';
import { openMessage, type OpenedMessage } from '../../shared/secure/open.ts';
import { secureMessage } from '../../shared/secure/secure.ts';
import { describeWith } from '../support/needs.ts';
import type { Issued } from '../support/pki.ts';
import { encryptEntity, signEntity } from './support/entities.ts';
import { mailOf, Openssl } from './support/openssl.ts';
import { draft, person, valueOf } from './support/people.ts';
import { bytesOf } from './support/bytes-of.ts';

let sender: Issued;
let recipient: Issued;
let stranger: Issued;
beforeAll(async () => {
  sender = await person('sender');
  recipient = await person('green');
  stranger = await person('stranger');
});

const open = (raw: Uint8Array | string): Outcome<OpenedMessage> =>
  openMessage(typeof raw === 'string' ? Buffer.from(raw) : raw, [recipient]);
const refusal = (code: string): unknown => ({ ok: false, failure: { code } });

const encrypted = (entity: Uint8Array | string): Uint8Array =>
  encryptEntity(Buffer.from(entity), [recipient.certificate]);

const ENTITY = Buffer.concat([
  Buffer.from('Content-Type: message/rfc822\r\n\r\n'),
  bytesOf(innerMessage(draft)),
]);
/** That entity, signed. */
let signed: string;
beforeAll(async () => {
  signed = Buffer.from(await signEntity(ENTITY, sender, draft.date)).toString('latin1');
});

/** The CMS object of a message, as a copy to spoil. */
const cmsOf = (message: Uint8Array): Buffer =>
  Buffer.from(valueOf(decodeBody(valueOf(readMime(message)))));

describe('secure/not-encrypted', () => {
  test.each([
    ['an ordinary mail', 'From: a@b.example\r\n\r\nHello\r\n'],
    [
      'a mail in several parts',
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n',
    ],
    ['no bytes at all', ''],
  ])('%s', (_, raw) => {
    expect(open(raw)).toEqual(refusal('secure/not-encrypted'));
  });

  test('a message that is only signed', () => {
    expect(open(signed)).toEqual(refusal('secure/not-encrypted'));
  });
});

describe('secure/malformed', () => {
  test.each([
    ['a header that is none', 'nonsense\r\n\r\n'],
    ['a body that is not base64', mailOf(Buffer.from('')).toString() + '***'],
    ['a body that is no CMS', mailOf(Buffer.from('hello')).toString()],
    ['an empty body', mailOf(Buffer.from('')).toString()],
    ['CMS that holds nothing', mailOf(Buffer.from('300b06092a864886f70d010703', 'hex')).toString()],
  ])('%s', async (_, raw) => {
    expect(open(raw)).toEqual(refusal('secure/malformed'));
  });

  test('a message that is cut off', async () => {
    const cms = cmsOf((await secureMessage(draft, sender, [recipient.certificate])).bytes);

    expect(open(mailOf(cms.subarray(0, -16)))).toEqual(refusal('secure/malformed'));
  });

  test('more after the CMS than white space', async () => {
    const cms = cmsOf((await secureMessage(draft, sender, [recipient.certificate])).bytes);

    expect(open(mailOf(Buffer.concat([cms, Buffer.of(0)])))).toEqual(refusal('secure/malformed'));
  });

  test('a signed message that is not closed, or has a third part', async () => {
    const text = signed;
    const boundary = /boundary="([^"]+)"/.exec(text)![1]!;

    expect(open(encrypted(text.replace(`--${boundary}--`, '')))).toEqual(
      refusal('secure/malformed'),
    );
    expect(
      open(encrypted(text.replace(`--${boundary}--`, `--${boundary}\r\n\r\nx\r\n$&`))),
    ).toEqual(refusal('secure/malformed'));
  });

  test('a good signature over what is no message', async () => {
    const entity = Buffer.from('Content-Type: message/rfc822\r\n\r\nnonsense\r\n');

    expect(open(encrypted(await signEntity(entity, sender, draft.date)))).toEqual(
      refusal('secure/malformed'),
    );
  });
});

describe('secure/not-signed', () => {
  test('an entity without a signature', () => {
    expect(open(encrypted(ENTITY))).toEqual(refusal('secure/not-signed'));
  });

  test('a signature of another kind', async () => {
    const text = signed.replace(
      'Content-Type: application/pkcs7-signature',
      'Content-Type: application/pgp-signature',
    );

    expect(open(encrypted(text))).toEqual(refusal('secure/not-signed'));
  });
});

const spoiled = async (spoil: (cms: Buffer) => void): Promise<Outcome<OpenedMessage>> => {
  const cms = cmsOf((await secureMessage(draft, sender, [recipient.certificate])).bytes);
  spoil(cms);
  return open(mailOf(cms));
};
/** An RSA-2048 encryptedKey is an OCTET STRING of 256 bytes. */
const keyAt = (cms: Buffer): number => cms.indexOf(Buffer.of(0x04, 0x82, 0x01, 0x00)) + 4;

describe('secure/undecryptable, and not a word of why', () => {
  const UNDECRYPTABLE = refusal('secure/undecryptable');

  test('for somebody else', async () => {
    const { bytes } = await secureMessage(draft, sender, [stranger.certificate]);

    expect(open(bytes)).toEqual(UNDECRYPTABLE);
    expect(openMessage(bytes, [])).toEqual(UNDECRYPTABLE);
  });

  test('for our certificate, with a key that is not its own', async () => {
    const { bytes } = await secureMessage(draft, sender, [recipient.certificate]);
    const mixed = { certificate: recipient.certificate, privateKey: stranger.privateKey };

    expect(openMessage(bytes, [mixed])).toEqual(UNDECRYPTABLE);
  });

  test.each([0, 1, 15, 16, 24, 31, 33, 64])('a content key of %d bytes', async (keyBytes) => {
    const padding = constants.RSA_PKCS1_PADDING;
    const wrong = publicEncrypt({ key: recipient.privateKey, padding }, randomBytes(keyBytes));

    expect(await spoiled((cms) => cms.set(wrong, keyAt(cms)))).toEqual(UNDECRYPTABLE);
  });

  test('a content key without padding', async () => {
    const noise = randomBytes(256).fill(0, 0, 1);

    expect(await spoiled((cms) => cms.set(noise, keyAt(cms)))).toEqual(UNDECRYPTABLE);
  });

  test('an encrypted key that is larger than the modulus', async () => {
    expect(await spoiled((cms) => cms.fill(0xff, keyAt(cms), keyAt(cms) + 256))).toEqual(
      UNDECRYPTABLE,
    );
  });

  test('wrong padding of the content', async () => {
    // This bit of the last but one block is the top bit of the last byte of padding, which is 16 at most.
    expect(
      await spoiled((cms) => {
        cms[cms.length - 17]! ^= 0x80;
      }),
    ).toEqual(UNDECRYPTABLE);
  });

  test('good padding around noise', async () => {
    expect(
      await spoiled((cms) => {
        const iv = cms.indexOf(Buffer.from('60864801650304012a0410', 'hex')) + 11;
        cms[iv]! ^= 1;
      }),
    ).toEqual(UNDECRYPTABLE);
  });

  test('a content that is no MIME entity', () => {
    expect(open(encrypted('plain text without a header'))).toEqual(UNDECRYPTABLE);
  });
});

describeWith(['openssl'], 'secure/undecryptable, of AES-GCM', () => {
  const openssl = new Openssl();
  afterAll(() => openssl.remove());

  test.each([
    ['the tag', -1],
    ['the content', -40],
  ])('a turned bit of %s', (_, at) => {
    const cms = openssl.envelope(Buffer.from(signed, 'latin1'), recipient, '-aes-256-gcm');
    expect(open(mailOf(cms)).ok).toBe(true);
    cms[cms.length + at]! ^= 1;

    expect(open(mailOf(cms))).toEqual(refusal('secure/undecryptable'));
  });

  test('a tag that is longer than it is announced', async () => {
    const cms = openssl.envelope(Buffer.from(signed, 'latin1'), recipient, '-aes-256-gcm');
    const announced = Buffer.from('020110', 'hex');
    cms[cms.indexOf(announced) + 2] = 12;

    expect(open(mailOf(cms))).toEqual(refusal('secure/undecryptable'));
  });
});

test('secure/undecryptable: AES-CBC in AuthEnvelopedData, where its tag would mean nothing', async () => {
  const { bytes } = await secureMessage(draft, sender, [recipient.certificate]);
  const [, explicit] = readBer(cmsOf(bytes))!.children;
  const fields = explicit!.children[0]!.children.map(({ raw }) => raw);
  const tag = der(TAG.octetString, Buffer.alloc(16));
  const body = der(TAG.constructed0, der(TAG.sequence, ...fields, tag));
  const passedOff = (type: string): Uint8Array => mailOf(der(TAG.sequence, derOid(type), body));

  expect(open(passedOff(OID.envelopedData)).ok).toBe(true);
  expect(open(passedOff(OID.authEnvelopedData))).toEqual(refusal('secure/undecryptable'));
});

test('a content key has the length that is asked for, whatever was sent', () => {
  const info = readBer(transportKey(randomBytes(24), recipient.certificate, 'rsaes-pkcs1-v1_5'));
  const transported = readTransportedKey(info!)!;

  expect(transported.unwrap(recipient.privateKey, 24)).toHaveLength(24);
  expect(transported.unwrap(recipient.privateKey, 32)).toHaveLength(32);
  expect(transported.unwrap(stranger.privateKey, 32)).toHaveLength(32);
});
