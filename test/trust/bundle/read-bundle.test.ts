import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  cachedKeys,
  issueQuickly,
  makeAuthority,
  type Authority,
  type Issued,
} from '../../support/pki.ts';
import { armoured, loosened, p7b, p7m } from './support/bundles.ts';
import { bundleWorld, codeOf, namesIn, read } from './support/world.ts';

const METADATA = Buffer.from('<TrustBundle><Profile>Test</Profile></TrustBundle>');

let one: Authority;
let two: Authority;
let publisher: Issued;
let plain: Uint8Array;
beforeAll(async () => {
  ({ one, two, publisher, plain } = await bundleWorld());
});

describe('the anchors of a bundle are read', () => {
  test.each([
    ['that is DER', () => plain],
    ['that is BER, with indefinite lengths', () => loosened(plain)],
    [
      'that says something of itself',
      () => p7b([one.certificate, two.certificate], { metadata: METADATA }),
    ],
    [
      'that does so in BER, in pieces',
      () => loosened(p7b([one.certificate, two.certificate], { metadata: METADATA })),
    ],
    [
      'that has revocation lists too',
      () => p7b([one.certificate, two.certificate], { crls: [Buffer.from('300430020500', 'hex')] }),
    ],
    ['in PEM armour', () => armoured(plain)],
    ['in PEM armour by another name', () => armoured(plain, 'CMS')],
    ['in PEM armour with the line ends of DOS', () => armoured(plain, 'PKCS7', '\r\n')],
    [
      'in PEM armour with a text around it',
      () =>
        Buffer.concat([Buffer.from('\ufeffOur anchors\n'), armoured(plain), Buffer.from('bye')]),
    ],
    ['that is signed, DER', () => p7m(plain, publisher)],
    ['that is signed around PEM', () => p7m(armoured(plain), publisher)],
    ['that is signed around BER', () => p7m(loosened(plain), publisher)],
    ['that is signed, BER in pieces', () => loosened(p7m(plain, publisher))],
    ['that is signed, in PEM armour', () => armoured(p7m(plain, publisher))],
    ['that is signed, in PEM armour around PEM', () => armoured(p7m(armoured(plain), publisher))],
  ])('%s', (_, make) => {
    expect(namesIn(read(make()))).toEqual(['One', 'Two']);
  });

  test('each once', () => {
    const twice = p7b([one.certificate, two.certificate, one.certificate]);
    expect(namesIn(read(twice))).toEqual(['One', 'Two']);
  });

  test('beside what cannot be read, which is counted', () => {
    const junk = Buffer.from('3003020101', 'hex');
    const attributeCertificate = Buffer.from('a1023000', 'hex');
    const bundle = read(p7b([junk, one.certificate, attributeCertificate]));
    expect(bundle).toMatchObject({ ok: true, value: { skipped: 1 } });
    expect(namesIn(bundle)).toEqual(['One']);
  });

  test('though they are weak or expired: paths are judged elsewhere', async () => {
    const weak = await makeAuthority({
      name: 'Weak',
      keys: await cachedKeys('weak authority', { bits: 1024 }),
      hash: 'sha1',
      notBefore: new Date('2010-01-01T00:00:00Z'),
      notAfter: new Date('2011-01-01T00:00:00Z'),
    });
    expect(read(p7b([weak.certificate]))).toMatchObject({ value: { skipped: 0 } });
  });

  test('2000 of them, and no more', () => {
    const all = read(many(2000));
    expect(all.ok && all.value.anchors.length + all.value.skipped).toBe(2000);
    expect(all.ok && all.value.anchors.length).toBeGreaterThan(1900);
    expect(codeOf(read(many(2001)))).toBe('trust/bundle-malformed');
  });
});

/** The same certificate with that many signatures, for each would cost a key pair. */
const many = (count: number): Uint8Array =>
  p7b(Array.from({ length: count }, (_, index) => numbered(one.certificate, index)));

/** With other octets near the end of the signature, which nobody looks at here. */
function numbered(certificate: Uint8Array, number: number): Uint8Array {
  const copy = Buffer.from(certificate);
  copy.writeUInt16BE(number, copy.length - 3);
  return copy;
}

describe('certificates that are no authority’s', () => {
  const shapes = [
    ['basicConstraints that say so', { basicConstraints: 'critical', keyUsage: [] }],
    ['a key usage without keyCertSign', { basicConstraints: 'absent' }],
  ] as const;

  test.each(shapes)('are left out: %s', async (_, shape) => {
    const leaf = await issueQuickly(one, { domain: 'clinic.example', ...shape });
    const bundle = p7b([leaf.certificate, one.certificate]);
    expect(read(bundle)).toMatchObject({ value: { skipped: 1 } });
    expect(namesIn(read(bundle))).toEqual(['One']);
    expect(codeOf(read(p7b([leaf.certificate])))).toBe('trust/bundle-malformed');
  });

  test.each(shapes)('are anchors where that is asked for: %s', async (_, shape) => {
    const leaf = await issueQuickly(one, { domain: 'clinic.example', ...shape });
    const bundle = read(p7b([leaf.certificate]), { endEntities: true });
    expect(bundle).toMatchObject({ value: { skipped: 0, anchors: [expect.anything()] } });
  });

  test('are not those that say nothing about it', async () => {
    const silent = await issueQuickly(one, {
      domain: 'old.example',
      basicConstraints: 'absent',
      keyUsage: [],
    });
    expect(read(p7b([silent.certificate]))).toMatchObject({ value: { skipped: 0 } });
  });
});

describe('what is no bundle is refused', () => {
  test.each([
    ['nothing', () => new Uint8Array()],
    ['an empty list', () => p7b([])],
    ['an empty list, signed', () => p7m(p7b([]), publisher)],
    ['a list of what cannot be read', () => p7b([Buffer.from('3003020101', 'hex')])],
    ['a page of a web server', () => Buffer.from('<!doctype html><title>404</title>')],
    ['a certificate alone', () => one.certificate],
    ['another kind of CMS object', () => Buffer.from('300f06092a864886f70d010703a0023000', 'hex')],
    ['something behind it', () => Buffer.concat([plain, Uint8Array.of(0)])],
    ['less than all of it', () => plain.subarray(0, -1)],
    ['armour without an end', () => armoured(plain).subarray(0, -20)],
    ['armour around nothing', () => Buffer.from('-----BEGIN CMS-----\n\n-----END CMS-----\n')],
    ['armour in armour', () => armoured(armoured(plain))],
    ['a signature around something else', () => p7m(METADATA, publisher)],
    [
      'a signature around something else, and the anchors beside it',
      () => p7m(METADATA, publisher, { certificates: [one.certificate] }),
    ],
    ['a signed bundle in a signed bundle', () => p7m(p7m(plain, publisher), publisher)],
    [
      'a signature in a signed bundle, and the anchors beside it',
      () => p7m(p7m(plain, publisher, { certificates: [one.certificate] }), publisher),
    ],
  ])('%s', (_, make) => {
    expect(codeOf(read(make()))).toBe('trust/bundle-malformed');
  });

  test('more than five megabytes, whatever it is', () => {
    const around = withMetadata(4_000_000).length - 4_000_000;
    expect(codeOf(read(withMetadata(5_000_000 - around)))).toBe('read');
    expect(codeOf(read(withMetadata(5_000_001 - around)))).toBe('trust/bundle-malformed');
  });
});

const withMetadata = (bytes: number): Uint8Array =>
  p7b([one.certificate], { metadata: Buffer.alloc(bytes) });
