import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../shared/ids.ts';
import { fail } from '../../shared/outcome.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { readCertificate } from '../../shared/trust/certificate.ts';
import { childrenOf, readDer, writeDer } from '../../shared/trust/der.ts';
import { cachedAuthority, issueQuickly, pemOf, type Authority } from '../support/pki.ts';

const ADDRESS = 'dr@direct.example.org';

let authority: Authority;
beforeAll(async () => {
  authority = await cachedAuthority();
});

/** The bits of a BIT STRING as a certificate with that key usage is read. */
const readUsage = async (...octets: number[]): Promise<unknown> => {
  const usage = { oid: '2.5.29.15', value: writeDer(0x03, Uint8Array.from(octets)) };
  const options = { address: ADDRESS, keyUsage: [], extraExtensions: [usage] };
  const read = readCertificate((await issueQuickly(authority, options)).certificate);
  return read.ok ? [...read.value.keyUsage!] : read.failure.code;
};

describe('a certificate', () => {
  test('is read into what trust asks of it', async () => {
    const { certificate } = await issueQuickly(authority, {
      address: ADDRESS,
      organization: 'Example Clinic',
      notBefore: new Date('1999-12-31T23:59:59Z'),
      notAfter: new Date('2050-01-01T00:00:00Z'),
    });
    const read = readCertificate(certificate);
    expect(read).toMatchObject({
      ok: true,
      value: {
        der: certificate,
        fingerprint: sha256(certificate),
        organization: 'Example Clinic',
        notBefore: new Date('1999-12-31T23:59:59Z'),
        notAfter: new Date('2050-01-01T00:00:00Z'),
        rfc822Names: [ADDRESS],
        dnsNames: [],
        keyUsage: new Set(['digitalSignature', 'keyEncipherment']),
        extendedKeyUsage: new Set(['1.3.6.1.5.5.7.3.4']),
        critical: new Set(['2.5.29.15']),
        signatureAlgorithm: { kind: 'rsa', hash: 'sha256' },
      },
    });
    const issuer = readCertificate(authority.certificate);
    expect(read.ok && issuer.ok && read.value.issuer).toEqual(issuer.ok && issuer.value.subject);
    expect(issuer.ok && issuer.value.basicConstraints).toEqual({ ca: true });
  });

  test.each(['Evil\u202eClinic', 'Two\nLines', 'x'.repeat(201)])(
    'does not show an organisation that would mislead: %j',
    async (organization) => {
      const { certificate } = await issueQuickly(authority, { address: ADDRESS, organization });
      const read = readCertificate(certificate);
      expect(read.ok && read.value.organization).toBeUndefined();
    },
  );

  test('trust/malformed: it names one algorithm inside and another outside', async () => {
    const { certificate } = await issueQuickly(authority, { address: ADDRESS });
    const [signedPart] = childrenOf(readDer(certificate));
    const changed = Buffer.from(signedPart!.raw);
    const sha256WithRsa = Buffer.from('2a864886f70d01010b', 'hex');
    // The last octet of the OID: sha384WithRSAEncryption from now on, and signed again as it was before.
    changed[changed.indexOf(sha256WithRsa) + 8] = 0x0c;
    const signature = sign('sha256', changed, authority.privateKey);
    const whole = Buffer.from(certificate);
    changed.copy(whole, whole.indexOf(signedPart!.raw));
    signature.copy(whole, whole.length - signature.length);
    expect(readCertificate(whole)).toEqual(fail('trust/malformed'));
  });

  test('trust/malformed: its curve is given by numbers instead of its name', async () => {
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' });
    const { certificate } = await issueQuickly(authority, { address: ADDRESS, keys });
    expect(readCertificate(certificate)).toEqual(fail('trust/malformed'));
  });

  test('trust/malformed: another certificate is written into it in PEM', async () => {
    const value = writeDer(0x04, Buffer.from(`\n${pemOf(authority.certificate)}`));
    const extraExtensions = [{ oid: '1.2.3.4', value }];
    const { certificate } = await issueQuickly(authority, { address: ADDRESS, extraExtensions });
    expect(readCertificate(certificate)).toEqual(fail('trust/malformed'));
  });

  test('trust/malformed: bits of its key usage do not count for all readers', async () => {
    expect(await readUsage(7, 0x80)).toEqual(['digitalSignature']);
    // One says that all but the first are padding, and the bit that signs certificates is among them.
    expect(await readUsage(7, 0x84)).toBe('trust/malformed');
  });

  test.each([
    ['a month too many', '261301000000Z'],
    ['the thirtieth of February', '260230000000Z'],
    ['a time without its Z', '2601010000000'],
    ['a sixtieth second', '260101000060Z'],
  ])('trust/malformed: %s', async (_, time) => {
    const notAfter = new Date('2026-01-01T00:00:00Z');
    const { certificate } = await issueQuickly(authority, { address: ADDRESS, notAfter });
    const changed = Buffer.from(certificate);
    changed.write(time, changed.indexOf('260101000000Z'), 'latin1');
    expect(readCertificate(changed)).toEqual(fail('trust/malformed'));
  });
});

describe('the anchors of the settings', () => {
  test('may stand in one text or in several', () => {
    const pem = authority.certificatePem;
    expect(anchorsOf({ anchors: [`text before\n${pem}${pem}`, pem] })).toHaveLength(3);
  });

  test.each(['', 'no PEM', pemOf(Uint8Array.of(5, 0))])('are refused as a setting: %j', (pem) => {
    expect(() => anchorsOf({ anchors: [authority.certificatePem, pem] })).toThrow('anchors.1');
  });
});
