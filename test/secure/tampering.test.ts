import { beforeAll, describe, expect, test } from '@jest/globals';
import { X509Certificate, type KeyObject } from 'node:crypto';
import * as fc from 'fast-check';
import { readBer } from '../../shared/trust/cms/ber.ts';
import { innerMessage } from '../../shared/secure/inner-message.ts';
import { decodeBody, readMime } from '../../shared/secure/mime.ts';
import { openMessage } from '../../shared/secure/open.ts';
import { secureBytes } from '../../shared/secure/secure.ts';
import { wrapMessage } from '../../shared/secure/wrap.ts';
import { cases } from '../support/counts.ts';
import { bytesLike, LONG_MS, mutationsOf } from '../support/mutations.ts';
import type { Issued } from '../support/pki.ts';
import { piecesOf } from '../../shared/secure/pieces.ts';
import { bytesOf } from './support/bytes-of.ts';
import { signatureOf, withSignature } from './support/crafted-signature.ts';
import { encryptEntity, signEntity } from './support/entities.ts';
import { mailOf } from './support/openssl.ts';
import { draft, person, valueOf } from './support/people.ts';

let sender: Issued;
let recipient: Issued;
beforeAll(async () => {
  sender = await person('sender');
  recipient = await person('green');
});

const INNER = Buffer.from('From: <records@holder.example>\r\n\r\nThe whole record.\r\n');
const ENTITY = bytesOf(wrapMessage(piecesOf(INNER), draft).entity);

const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
};

/** The signed attributes and the signature of the one signer, as views. */
function signedParts(cms: Uint8Array): readonly (Uint8Array | undefined)[] {
  const signedData = readBer(cms)?.children[1]?.children[0];
  const [, , , said, , signature] = signedData?.children.at(-1)?.children[0]?.children ?? [];
  return [said?.content, signature?.content];
}

const keyOf = (certificate: Uint8Array): KeyObject => new X509Certificate(certificate).publicKey;

/**
 * Either a refusal of this step, or the very message by the holder of the very key. What is not signed may be turned;
 * a turned certificate around the right key is for trust to refuse, which checks the signature of its issuer.
 */
function isHarmless(raw: Uint8Array): boolean {
  const outcome = openMessage(raw, [recipient]);
  if (!outcome.ok) return outcome.failure.code.startsWith('secure/');
  const { inner, signer } = outcome.value;
  return Buffer.compare(inner, INNER) === 0 && keyOf(signer).equals(keyOf(sender.certificate));
}

const eachBit = (bytes: Uint8Array, check: (spoiled: Uint8Array) => void): void => {
  const bits = fc.integer({ min: 0, max: bytes.length * 8 - 1 });
  fc.assert(
    fc.property(bits, (bit) => check(flipped(bytes, bit))),
    { numRuns: cases(400, 5000) },
  );
};

describe('one turned bit', () => {
  test('of what was signed: the message never opens', async () => {
    const signed = Buffer.from(await signEntity(ENTITY, sender, draft.date));
    const start = signed.indexOf(ENTITY);
    const before = signed.subarray(0, start);
    const after = signed.subarray(start + ENTITY.length);

    for (let bit = 0; bit < ENTITY.length * 8; bit++) {
      const entity = Buffer.concat([before, flipped(ENTITY, bit), after]);
      const raw = encryptEntity(entity, [recipient.certificate]);
      expect(openMessage(raw, [recipient]).ok).toBe(false);
    }
  });

  test('of any byte of what the signer says of it, and of the signature itself: it never opens', async () => {
    const signed = await signEntity(ENTITY, sender, draft.date);
    const cms = signatureOf(signed);
    const [said, signature] = signedParts(cms);
    expect([said!.length > 100, signature!.length]).toEqual([true, 256]);

    for (const part of [said!, signature!]) {
      const start = part.byteOffset - cms.byteOffset;
      for (let byte = start; byte < start + part.length; byte++) {
        const spoiled = withSignature(signed, flipped(cms, byte * 8 + (byte % 8)));
        const raw = encryptEntity(spoiled, [recipient.certificate]);
        expect([byte, openMessage(raw, [recipient]).ok]).toEqual([byte, false]);
      }
    }
  });

  test('of the signed entity, signature and all: it opens as what it was, or not at all', async () => {
    eachBit(await signEntity(ENTITY, sender, draft.date), (spoiled) =>
      expect(isHarmless(encryptEntity(spoiled, [recipient.certificate]))).toBe(true),
    );
  });

  test('of the encrypted object: it opens as what it was, or not at all', async () => {
    const { bytes } = await secureBytes({ ...draft, inner: INNER }, sender, [
      recipient.certificate,
    ]);

    eachBit(valueOf(decodeBody(valueOf(readMime(bytes)))), (spoiled) =>
      expect(isHarmless(mailOf(spoiled))).toBe(true),
    );
  });

  test('of the mail on the wire: it opens as what it was, or not at all', async () => {
    const { bytes } = await secureBytes({ ...draft, inner: INNER }, sender, [
      recipient.certificate,
    ]);

    eachBit(bytes, (spoiled) => expect(isHarmless(spoiled)).toBe(true));
  });
});

const REFUSAL =
  /^secure\/(not-encrypted|undecryptable|not-signed|bad-signature|weak-digest|weak-key|malformed)$/;

function isRefused(raw: Uint8Array): void {
  const outcome = openMessage(raw, [recipient]);
  expect(outcome.ok ? 'opened' : outcome.failure.code).toMatch(REFUSAL);
}

describe('hostile bytes', () => {
  test(
    'of any kind are refused and throw nothing',
    () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
          isRefused(bytes);
          isRefused(mailOf(bytes));
          isRefused(encryptEntity(bytes, [recipient.certificate]));
          isRefused(encryptEntity(mailOf(bytes), [recipient.certificate]));
        }),
        { numRuns: cases(500, 25_000) },
      );
    },
    LONG_MS,
  );

  test(
    'made of those of a good message, at any layer of it, open as what it was, or not at all',
    async () => {
      const recipients = [recipient.certificate];
      const { bytes } = await secureBytes({ ...draft, inner: INNER }, sender, recipients);
      const entity = await signEntity(ENTITY, sender, draft.date);
      const signature = signatureOf(entity);
      const mails = fc.oneof(
        mutationsOf(bytes),
        mutationsOf(valueOf(decodeBody(valueOf(readMime(bytes))))).map((cms) => mailOf(cms)),
        mutationsOf(entity).map((signed) => encryptEntity(signed, recipients)),
        mutationsOf(signature).map((cms) => encryptEntity(withSignature(entity, cms), recipients)),
      );
      fc.assert(
        fc.property(mails, (mail) => expect(isHarmless(mail)).toBe(true)),
        { numRuns: cases(2_000, 100_000) },
      );
    },
    LONG_MS,
  );

  test(
    'of a message are read as MIME, or refused',
    () => {
      const inner = bytesOf(innerMessage(draft));
      fc.assert(
        fc.property(bytesLike(inner), (bytes) => {
          const read = readMime(bytes);
          expect(read.ok ? '' : read.failure.code).toMatch(/^$|^secure\/malformed$/);
          if (read.ok) for (const part of read.value.parts) decodeBody(part);
        }),
        { numRuns: cases(2_000, 100_000) },
      );
    },
    LONG_MS,
  );

  test.each([
    ['nested without end', Buffer.alloc(2_000_000, '3080', 'hex')],
    [
      'of very many values',
      Buffer.concat([Buffer.from('3080', 'hex'), Buffer.alloc(2_000_000, '0500', 'hex')]),
    ],
    ['that announce more than there is', Buffer.from('30847fffffff0500', 'hex')],
  ])('%s are refused soon', (_, cms) => {
    const started = performance.now();

    isRefused(mailOf(cms));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
