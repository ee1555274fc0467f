import { describe, expect, test } from '@jest/globals';
import { OID } from '../../shared/trust/cms/algorithms.ts';
import { readBer } from '../../shared/trust/cms/ber.ts';
import { der, derOid, TAG } from '../../shared/trust/cms/der.ts';
import { craftedSignature, signatureOf, withSignature } from './support/crafted-signature.ts';
import { encrypted, MB, sender, signed, text, verdictOn, wrapped } from './support/verdicts.ts';

const RSA_ENCRYPTION = '2a864886f70d010101';
const SHA_256 = '608648016503040201';

/** With so many copies of its certificate and of what the signer says. */
function multiplied(cms: Uint8Array, certificates: number, signers: number): Uint8Array {
  const body = readBer(cms)!.children[1]!.children[0]!;
  const [version, digests, content, certificate, infos] = body.children;
  const changed = der(
    TAG.sequence,
    ...[version!, digests!, content!].map(({ raw }) => raw),
    der(TAG.constructed0, ...Array.from({ length: certificates }, () => certificate!.content)),
    der(TAG.set, ...Array.from({ length: signers }, () => infos!.content)),
  );
  return der(TAG.sequence, derOid(OID.signedData), der(TAG.constructed0, changed));
}

const broken = (cms: Buffer): Buffer => {
  cms[cms.length - 1]! ^= 1;
  return cms;
};

describe('a signature', () => {
  const ENTITY = wrapped(text(0.5 * MB));

  const verdictOnSignature = async (change: (cms: Buffer) => Uint8Array): Promise<string> => {
    const good = await signed(ENTITY);
    return verdictOn(encrypted(withSignature(good, change(signatureOf(good)))));
  };
  test.each<[string, string, (cms: Buffer) => Uint8Array]>([
    ['secure/bad-signature', 'that was altered', broken],
    [
      'secure/bad-signature',
      'of eight, each of them altered, by 32 certificates',
      (cms) => multiplied(broken(cms), 32, 8),
    ],
    ['secure/malformed', 'of nine', (cms) => multiplied(cms, 1, 9)],
    ['secure/malformed', 'with 33 certificates', (cms) => multiplied(cms, 33, 1)],
    ['secure/malformed', 'that is cut off', (cms) => cms.subarray(0, -10)],
    ['secure/malformed', 'that is none', () => Buffer.from('none')],
    [
      'secure/bad-signature',
      'by an unknown digest',
      (cms) => Buffer.from(cms.toString('hex').replaceAll(SHA_256, '60864801650304027f'), 'hex'),
    ],
    [
      'secure/bad-signature',
      'by an unknown algorithm',
      (cms) =>
        Buffer.from(cms.toString('hex').replaceAll(RSA_ENCRYPTION, '2a864886f70d01017f'), 'hex'),
    ],
    [
      'secure/bad-signature',
      'over another content',
      () => craftedSignature(wrapped(text(MB)), sender),
    ],
  ])('%s: %s', async (code, _, change) => {
    expect(await verdictOnSignature(change)).toBe(code);
  });

  test('secure/bad-signature: over content that was altered', async () => {
    const good = Buffer.from(await signed(ENTITY));
    good[good.length / 2]! ^= 1;
    expect(await verdictOn(encrypted(good))).toBe('secure/bad-signature');
  });
});
