import { beforeAll, describe, expect, test } from '@jest/globals';
import type { BundleOptions } from '../../../shared/trust/bundle/read-bundle.ts';
import { writeDer } from '../../../shared/trust/der.ts';
import { cachedKeys, pemOf, type Authority, type Issued } from '../../support/pki.ts';
import { armoured, loosened, p7b, p7m } from './support/bundles.ts';
import { bundleWorld, certificateOf, codeOf, namesIn, publisherBy, read } from './support/world.ts';

let one: Authority;
let two: Authority;
let publisher: Issued;
let stranger: Issued;
let plain: Uint8Array;
beforeAll(async () => {
  ({ one, two, publisher, stranger, plain } = await bundleWorld());
});

const rules = { allowSha1: false, minimumRsaBits: 2048 };
const signedBy = (who: Issued): Partial<BundleOptions> => ({ signer: certificateOf(who) });

describe('a signature that nobody asks for', () => {
  test('has to be good all the same', () => {
    const bytes = Buffer.from(p7m(plain, publisher));
    bytes[bytes.length - 5]! ^= 1;
    expect(codeOf(read(bytes))).toBe('trust/bundle-bad-signature');
  });

  test('has to be over what is inside', () => {
    const other = p7b([stranger.certificate, one.certificate]);
    const content = { content: p7mContent(other) };
    expect(codeOf(read(p7m(plain, publisher, content)))).toBe('trust/bundle-bad-signature');
  });

  test('has to have something inside that it is over', () => {
    const none = { content: new Uint8Array() };
    expect(codeOf(read(p7m(plain, publisher, none)))).toBe('trust/bundle-bad-signature');
  });

  test('must not be made with SHA-1, unless that is allowed', () => {
    const bytes = p7m(plain, publisher, { hash: 'sha1' });
    expect(codeOf(read(bytes))).toBe('trust/bundle-weak');
    expect(codeOf(read(bytes, { rules: { ...rules, allowSha1: true } }))).toBe('read');
  });

  test('has to be by the key of the certificate, not of one that is written into it', async () => {
    const value = writeDer(0x04, Buffer.from(`\n${pemOf(stranger.certificate)}`));
    const { certificate } = await publisherBy({ extraExtensions: [{ oid: '1.2.3.4', value }] });
    const bytes = p7m(plain, { ...stranger, certificate });
    expect(codeOf(read(bytes))).toBe('trust/bundle-bad-signature');
  });

  test('vouches for nothing beside what it is over', () => {
    const bytes = p7m(p7b([one.certificate]), publisher, { certificates: [two.certificate] });
    expect(namesIn(read(bytes))).toEqual(['One']);
  });
});

const p7mContent = (content: Uint8Array): Uint8Array => {
  const whole = p7m(content, publisher);
  const at = Buffer.from(whole).indexOf(Buffer.from(content));
  // Its OCTET STRING and [0] have two or four octets each before them.
  return whole.subarray(at - 8, at + content.length);
};

describe('where a signer is asked for', () => {
  test('what they signed is read', () => {
    expect(codeOf(read(p7m(plain, publisher), signedBy(publisher)))).toBe('read');
  });

  test('what they signed is read also when their certificate is not brought along', () => {
    const bytes = withoutCertificates(p7m(plain, publisher));
    expect(codeOf(read(bytes))).toBe('trust/bundle-bad-signature');
    expect(codeOf(read(bytes, signedBy(publisher)))).toBe('read');
  });

  test('one that is not signed is refused, in every shape', () => {
    for (const bytes of [plain, loosened(plain), armoured(plain), p7b([])]) {
      expect(codeOf(read(bytes, signedBy(publisher)))).toBe('trust/bundle-unsigned');
    }
  });

  test('one that somebody else signed is refused, though they go by the same name', () => {
    const bytes = p7m(plain, stranger);
    expect(codeOf(read(bytes))).toBe('read');
    expect(codeOf(read(bytes, signedBy(publisher)))).toBe('trust/bundle-wrong-signer');
  });

  test('one that somebody else signed under the signer’s own number is refused', async () => {
    const serial = Uint8Array.of(77);
    const keys = await cachedKeys('stranger');
    const right = await publisherBy({ serial });
    const wrong = await publisherBy({ serial, keys, domain: 'wrong.example' });
    expect(codeOf(read(p7m(plain, wrong)))).toBe('read');
    expect(codeOf(read(p7m(plain, wrong), signedBy(right)))).toBe('trust/bundle-bad-signature');
    const bringsBoth = p7m(plain, wrong, { certificates: [right.certificate] });
    expect(codeOf(read(bringsBoth, signedBy(right)))).toBe('trust/bundle-bad-signature');
  });

  test('another certificate over the same key is another signer', async () => {
    const again = await publisherBy({});
    expect(codeOf(read(p7m(plain, publisher), signedBy(again)))).toBe('trust/bundle-wrong-signer');
  });

  test('one that was changed after it was signed is refused', () => {
    const bytes = Buffer.from(p7m(plain, publisher));
    bytes[bytes.indexOf(Buffer.from(one.certificate)) + 20]! ^= 1;
    expect(codeOf(read(bytes, signedBy(publisher)))).toBe('trust/bundle-bad-signature');
  });

  test.each([
    ['before', '2025-12-31T23:59:59Z'],
    ['after', '2027-01-01T00:00:01Z'],
  ])('their certificate has to be valid now, and is not %s its time', (_, now) => {
    const options = { ...signedBy(publisher), now: new Date(now) };
    expect(codeOf(read(p7m(plain, publisher), options))).toBe('trust/bundle-signer-expired');
    expect(codeOf(read(p7m(plain, publisher), { now: new Date(now) }))).toBe('read');
  });

  test('their key has to be as long as the rules say', async () => {
    const small = await publisherBy({ bits: 1024 });
    const bytes = p7m(plain, small);
    expect(codeOf(read(bytes, signedBy(small)))).toBe('trust/bundle-weak');
    const lenient = { rules: { ...rules, minimumRsaBits: 1024 } };
    expect(codeOf(read(bytes, { ...signedBy(small), ...lenient }))).toBe('read');
  });

  test('a digest of SHA-1 is refused unless it is allowed', () => {
    const bytes = p7m(plain, publisher, { hash: 'sha1' });
    expect(codeOf(read(bytes, signedBy(publisher)))).toBe('trust/bundle-weak');
    const allowing = { rules: { ...rules, allowSha1: true } };
    expect(codeOf(read(bytes, { ...signedBy(publisher), ...allowing }))).toBe('read');
  });
});

/** A signed bundle whose [0] of certificates is made an empty one of [1]: as many bytes, and no certificate. */
function withoutCertificates(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(Buffer.from(publisher.certificate));
  copy[at - 4] = 0xa1;
  return copy;
}
