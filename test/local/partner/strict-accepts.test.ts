import { afterAll, describe, expect, test } from '@jest/globals';
import { decodeBody, readMime } from '../../../shared/secure/mime.ts';
import { digestOf, OID } from '../../../shared/trust/cms/algorithms.ts';
import { oidOf } from '../../../shared/trust/cms/ber.ts';
import { TAG } from '../../../shared/trust/cms/der.ts';
import { readSignedData } from '../../../shared/trust/cms/read-signed-data.ts';
import { Openssl } from '../../secure/support/openssl.ts';
import { valueOf } from '../../secure/support/people.ts';
import { describeWith } from '../../support/needs.ts';
import { encrypted, INNER, judged, replaced, sealed, sender, wrapped } from './strict-post.ts';

/** What the reference implementation was seen to answer, although it is not as we send it. */

const minded = async (raw: Uint8Array) => {
  const { refusedFor, problems } = await judged(raw);
  return { refusedFor, problems };
};
const NOTHING = { refusedFor: [], problems: [] };

const bodyIn = (raw: Uint8Array): string => {
  const text = Buffer.from(raw).toString('latin1');
  return text.slice(text.indexOf('\r\n\r\n') + 4);
};

/** The same message with its base64 in lines of another length. */
function refolded(raw: Uint8Array, length: number): Uint8Array {
  const lines = bodyIn(raw)
    .replaceAll('\r\n', '')
    .match(new RegExp(`.{1,${length}}`, 'g'));
  return replaced(raw, bodyIn(raw), `${lines?.join('\r\n')}\r\n`);
}

describe('a strict partner answers', () => {
  test.each([64, 76, 1000])('base64 in lines of %i', async (length) => {
    const raw = refolded(await sealed(INNER), length);
    expect(bodyIn(raw).indexOf('\r\n')).toBe(length);
    expect(await minded(raw)).toEqual(NOTHING);
  });

  test('base64 in one line', async () => {
    const raw = refolded(await sealed(INNER), 1_000_000);
    expect(bodyIn(raw)).toMatch(/^.{1001,}\r\n$/);
    expect(await minded(raw)).toEqual(NOTHING);
  });

  test('an envelope without an smime-type', async () => {
    const raw = replaced(await sealed(INNER), /;\s*smime-type=[^;\r]*/, '');
    expect(Buffer.from(raw).toString('latin1')).not.toContain('smime-type');
    expect(await minded(raw)).toEqual(NOTHING);
  });
});

/** How the one signer signed. */
function formOf(signed: Uint8Array) {
  const [, signature] = valueOf(readMime(signed)).parts;
  const read = readSignedData(valueOf(decodeBody(signature!)), { mostCertificates: 1 });
  if (typeof read === 'string') throw new Error(read);
  const [, identifier, digest, ...rest] = read.signerInfos[0]!.children;
  const hasAttributes = rest[0]?.tag === TAG.constructed0;
  const algorithm = rest[hasAttributes ? 1 : 0];
  return {
    isNamedByKey: identifier?.tag === TAG.implicit0,
    digest: digest && digestOf(digest, false),
    hasAttributes,
    isPss: oidOf(algorithm?.children[0]) === OID.rsassaPss,
  };
}

describeWith(['openssl'], 'a strict partner answers what is signed', () => {
  const openssl = new Openssl();
  afterAll(() => openssl.remove());
  const USUAL = { isNamedByKey: false, digest: 'sha256', hasAttributes: true, isPss: false };
  const pss = ['-keyopt', 'rsa_padding_mode:pss'];
  const [sha384, sha512] = [
    ['-md', 'sha384'],
    ['-md', 'sha512'],
  ] as const;

  test.each<[string, readonly string[], Partial<typeof USUAL>]>([
    ['in the name of a key identifier', ['-keyid'], { isNamedByKey: true }],
    ['with RSA-PSS', pss, { isPss: true }],
    ['with RSA-PSS over SHA-512', [...pss, ...sha512], { isPss: true, digest: 'sha512' }],
    ['over SHA-384', sha384, { digest: 'sha384' }],
    ['over SHA-512', sha512, { digest: 'sha512' }],
    ['without signed attributes', ['-noattr'], { hasAttributes: false }],
  ])('%s', async (_, options, unusual) => {
    const signed = openssl.sign(wrapped(INNER), sender, ...options);
    expect(formOf(signed)).toEqual({ ...USUAL, ...unusual });
    expect(await minded(encrypted(signed))).toEqual(NOTHING);
  });
});
