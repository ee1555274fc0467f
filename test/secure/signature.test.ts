import { beforeAll, describe, expect, test } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import { OID } from '../../shared/trust/cms/algorithms.ts';
import { der, derOid, TAG } from '../../shared/trust/cms/der.ts';
import { innerMessage } from '../../shared/secure/inner-message.ts';
import { openMessage } from '../../shared/secure/open.ts';
import { cachedAuthority, issue, type Issued } from '../support/pki.ts';
import { localIdentity } from '../../shared/secure/local-identity.ts';
import { encryptEntity, signEntity } from './support/entities.ts';
import {
  attribute,
  craftedSignature,
  signatureOf,
  withSignature,
  type Crafted,
} from './support/crafted-signature.ts';
import { draft, person } from './support/people.ts';
import { bytesOf } from './support/bytes-of.ts';

let sender: Issued;
let recipient: Issued;
let stranger: Issued;
let weak: Issued;
beforeAll(async () => {
  sender = await person('sender');
  recipient = await person('green');
  stranger = await person('stranger');
  weak = await person('weak', { bits: 1024 });
});

const ENTITY = Buffer.concat([
  Buffer.from('Content-Type: message/rfc822\r\n\r\n'),
  bytesOf(innerMessage(draft)),
]);
/** That entity, signed. */
let signed: string;
beforeAll(async () => {
  signed = Buffer.from(await signEntity(ENTITY, sender, draft.date)).toString('latin1');
});

/** The refusal of a signed entity when it comes encrypted to us; undefined when it opens. */
function codeOf(entity: Uint8Array | string): string | undefined {
  const raw = encryptEntity(Buffer.from(entity), [recipient.certificate]);
  const outcome = openMessage(raw, [recipient]);
  return outcome.ok ? undefined : outcome.failure.code;
}

const CONTENT_TYPE = (type: string): Uint8Array => attribute(OID.contentType, derOid(type));

const replaced = (cms: Uint8Array): Uint8Array => withSignature(Buffer.from(signed, 'latin1'), cms);

describe('secure/bad-signature', () => {
  test('content that was changed after it was signed', () => {
    const text = signed.replace('health record', 'wealth record');

    expect(codeOf(text)).toBe('secure/bad-signature');
  });

  test('content whose line breaks were changed after it was signed', () => {
    const text = signed.replaceAll('\r\n', '\n');

    expect(codeOf(text)).toBe('secure/bad-signature');
  });

  test('the signature of another message', async () => {
    const other = Buffer.from('Content-Type: text/plain\r\n\r\nHello\r\n');
    const foreign = await signEntity(other, sender, draft.date);

    expect(codeOf(replaced(signatureOf(foreign)))).toBe('secure/bad-signature');
  });

  test('a detached signature that brings a content of its own', () => {
    const cms = craftedSignature(ENTITY, sender, {
      content: der(0xa0, der(TAG.octetString, ENTITY)),
    });

    expect(codeOf(replaced(cms))).toBe('secure/bad-signature');
  });

  test.each<[string, Crafted]>([
    ['no content type', { attributes: ({ digest }) => [digest] }],
    [
      'the content type of something else',
      { attributes: ({ digest }) => [CONTENT_TYPE('1.2.3.4'), digest] },
    ],
    ['no digest', { attributes: () => [CONTENT_TYPE(OID.data)] }],
    ['two digests', { attributes: ({ digest }) => [CONTENT_TYPE(OID.data), digest, digest] }],
    [
      'a digest of two values',
      {
        attributes: ({ hash }) => [
          CONTENT_TYPE(OID.data),
          attribute(OID.messageDigest, der(TAG.octetString, hash), der(TAG.octetString, hash)),
        ],
      },
    ],
    [
      'a protection of other algorithms',
      {
        attributes: ({ digest }) => [
          CONTENT_TYPE(OID.data),
          digest,
          attribute(
            OID.algorithmProtection,
            der(
              TAG.sequence,
              der(TAG.sequence, derOid(OID.sha256)),
              der(0xa1, derOid(OID.rsassaPss)),
            ),
          ),
        ],
      },
    ],
    ['a content that is no plain data', { type: '1.2.3.4' }],
  ])('a good signature over %s', (_, crafted) => {
    const cms = craftedSignature(ENTITY, sender, crafted);

    expect(codeOf(replaced(cms))).toBe('secure/bad-signature');
  });

  test('but a good signature over just content type and digest opens', () => {
    expect(codeOf(replaced(craftedSignature(ENTITY, sender, {})))).toBeUndefined();
  });

  test('a certificate of somebody else under the name of the signer', async () => {
    const { certificate } = sender;
    const impostor = localIdentity({ certificate, privateKey: stranger.privateKey });

    expect(codeOf(await signEntity(ENTITY, impostor, draft.date))).toBe('secure/bad-signature');
  });
});

describe('secure/weak-key', () => {
  test('a good signature with an RSA key of 1024 bits', async () => {
    expect(codeOf(await signEntity(ENTITY, weak, draft.date))).toBe('secure/weak-key');
  });

  test('a wrong signature with such a key: its strength is judged before it is used', async () => {
    const { certificate } = weak;
    const impostor = localIdentity({ certificate, privateKey: stranger.privateKey });

    expect(codeOf(await signEntity(ENTITY, impostor, draft.date))).toBe('secure/weak-key');
  });

  test('an RSA key with an exponent that makes it slow', async () => {
    const jwk = createPublicKey(sender.privateKey).export({ format: 'jwk' });
    const e = Buffer.alloc(250, 0xff).toString('base64url');
    const publicKey = createPublicKey({ key: { ...jwk, e }, format: 'jwk' });
    const { privateKey } = sender;
    const slow = await issue(await cachedAuthority(), {
      address: 'slow@clinic.example',
      keys: { publicKey, privateKey },
    });

    expect(codeOf(await signEntity(ENTITY, slow, draft.date))).toBe('secure/weak-key');
  });
});

describe('secure/weak-digest', () => {
  test('SHA-1, unless it is accepted', () => {
    const raw = encryptEntity(replaced(craftedSignature(ENTITY, sender, { hash: 'sha1' })), [
      recipient.certificate,
    ]);

    expect(openMessage(raw, [recipient])).toMatchObject({
      failure: { code: 'secure/weak-digest' },
    });
    expect(openMessage(raw, [recipient], { acceptSha1: true }).ok).toBe(true);
  });
});
