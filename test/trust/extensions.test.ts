import { describe, expect, test } from '@jest/globals';
import { fail } from '../../shared/outcome.ts';
import { readCertificate } from '../../shared/trust/certificate.ts';
import { NOW, codeOf, leafOf, read, rootOf, type Link } from '../support/chains.ts';
import {
  COMMON_NAME,
  inhibitAnyPolicyExtension,
  issueQuickly,
  nameConstraintsExtension,
  namesExtension,
  policiesExtension,
  policyConstraintsExtension,
  policyMappingsExtension,
  type Extension,
} from '../support/pki.ts';

const having = (...extraExtensions: Extension[]): Link => ({ san: [], extraExtensions });
const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('of a certificate is read', () => {
  test('its version and serial number, as it stands there', async () => {
    const leaf = await leafOf(await rootOf(), { serial: hex('ff01') });
    expect(leaf).toMatchObject({ version: 3, serial: 'ff01' });
    const old = await leafOf(await rootOf(), { isVersion1: true });
    expect(old).toMatchObject({ version: 1, names: [], caIssuers: [], crlDistributionPoints: [] });
  });

  test('each of its names by its form', async () => {
    const names = namesExtension([
      { email: 'x@example.org' },
      { dns: 'example.org' },
      { uri: 'ldap:///CN=A B' },
      { ip: hex('c0000201') },
      { directory: [{ type: COMMON_NAME, text: 'Doctor' }] },
      { principal: 'x' },
    ]);
    const leaf = await leafOf(await rootOf(), having(names));
    expect(leaf.names).toMatchObject([
      { kind: 'email', text: 'x@example.org' },
      { kind: 'dns', text: 'example.org' },
      { kind: 'uri', text: 'ldap:///CN=A B' },
      { kind: 'ip', bytes: hex('c0000201') },
      { kind: 'directory', name: { comparable: '["2.5.4.3=doctor"]' } },
      { kind: 'other', tag: 0xa0 },
    ]);
    expect([leaf.rfc822Names, leaf.dnsNames]).toEqual([['x@example.org'], ['example.org']]);
  });

  test('where issuers, answers and lists lie', async () => {
    const options = {
      issuerUrls: ['http://a/1', 'http://a/2'],
      ocspUrls: ['http://o/'],
      crlUrls: ['http://c/1', 'ldap:///c'],
    };
    const leaf = await leafOf(await rootOf(), options);
    expect(leaf).toMatchObject({
      caIssuers: options.issuerUrls,
      ocspResponders: options.ocspUrls,
      hasFreshestCrl: false,
      ocspNoCheck: false,
    });
    expect(leaf.crlDistributionPoints.map(({ urls }) => urls)).toEqual([
      ['http://c/1'],
      ['ldap:///c'],
    ]);
  });

  test('a distribution point whose name is relative to the issuer of the list', async () => {
    // One whose issuer is the certificate's, and one with an issuer of its own, both called CN=Part below it.
    const part = '300b 0603550403 0c04 50617274';
    const relative = `a00f a10d ${part}`;
    const other = 'a212 a410 300e 310c 300a 0603550403 0c03 4f7468';
    const value = hex(`303a 3011 ${relative} 3025 ${relative} ${other}`);
    const leaf = await leafOf(await rootOf(), having({ oid: '2.5.29.31', value }));
    expect(leaf.crlDistributionPoints.map(({ names }) => names)).toMatchObject([
      [{ kind: 'directory', name: { relative: ['["2.5.4.3=root"]', '["2.5.4.3=part"]'] } }],
      [{ kind: 'directory', name: { relative: ['["2.5.4.3=oth"]', '["2.5.4.3=part"]'] } }],
    ]);
  });

  test('to what it restricts those below', async () => {
    const leaf = await leafOf(
      await rootOf(),
      having(
        nameConstraintsExtension({ permitted: [{ dns: 'a' }], excluded: [{ email: '.b' }] }),
        policiesExtension(['1.2.3', '2.5.29.32.0']),
        policyMappingsExtension([['1.2.3', '1.2.4']]),
        policyConstraintsExtension({ requireExplicit: 0, inhibitMapping: 2 }),
        inhibitAnyPolicyExtension(3),
      ),
    );
    expect(leaf).toMatchObject({
      nameConstraints: {
        permitted: [{ base: { kind: 'dns', text: 'a' }, isCut: false }],
        excluded: [{ base: { kind: 'email', text: '.b' }, isCut: false }],
      },
      policies: ['1.2.3', '2.5.29.32.0'],
      policyMappings: [{ issuerDomain: '1.2.3', subjectDomain: '1.2.4' }],
      policyConstraints: { requireExplicit: 0, inhibitMapping: 2 },
      inhibitAnyPolicy: 3,
    });
  });

  test('a policy whose number was made from a UUID', async () => {
    const value = hex('3011 300f 060d 69 82 8080 8080 8080 8080 00 2a 01');
    const leaf = await leafOf(await rootOf(), having({ oid: '2.5.29.32', value }));
    expect(leaf.policies).toEqual([`2.25.${2n ** 64n}.42.1`]);
  });

  test('that it points to changed entries, and that its status is not asked', async () => {
    const [freshest, noCheck] = [
      { oid: '2.5.29.46', value: hex('3000') },
      { oid: '1.3.6.1.5.5.7.48.1.5', value: hex('0500') },
    ];
    const leaf = await leafOf(await rootOf(), having(freshest, noCheck));
    expect(leaf).toMatchObject({ hasFreshestCrl: true, ocspNoCheck: true });
  });
});

describe('trust/malformed', () => {
  test.each<[string, string, string]>([
    ['no policy', '2.5.29.32', '3000'],
    ['a policy twice', '2.5.29.32', '300a 3003 06012a 3003 06012a'],
    ['a policy with a number too long', '2.5.29.32', `301a 3018 0616 69 81${'80'.repeat(19)} 00`],
    ['a policy that is cut', '2.5.29.32', '3006 3004 0602 2a81'],
    ['a policy written longer than needed', '2.5.29.32', '3007 3005 0603 2a8001'],
    ['no mapping', '2.5.29.33', '3000'],
    ['half a mapping', '2.5.29.33', '3005 3003 06012a'],
    ['policy constraints that constrain nothing', '2.5.29.36', '3000'],
    ['policy constraints in the wrong order', '2.5.29.36', '3006 810100 800100'],
    ['a negative number of certificates', '2.5.29.54', '0201ff'],
    ['a number of certificates in more octets than it needs', '2.5.29.54', '02020001'],
    ['no subtree', '2.5.29.30', '3000'],
    ['a subtree of a name of nothing', '2.5.29.30', '300a a108 3006 a404 3002 3100'],
    ['a subtree of another name without a form', '2.5.29.30', '3008 a106 3004 a002 6162'],
    ['an empty list of subtrees', '2.5.29.30', '3002 a000'],
    ['subtrees of a third kind', '2.5.29.30', '3007 a205 3003 8201 61'],
    ['no distribution point', '2.5.29.31', '3000'],
    ['a distribution point that says nothing', '2.5.29.31', '3002 3000'],
    ['an access description without a place', '1.3.6.1.5.5.7.1.1', '3005 3003 06012a'],
    ['a name of no known form', '2.5.29.17', '3003 8f01 61'],
    ['a name with a line break', '2.5.29.17', '3003 8201 0a'],
    ['another name without a form', '2.5.29.17', '3004 a002 6162'],
    ['another name with two values', '2.5.29.17', '300d a00b 06012a a006 050005000500'],
    ['a directory name without a name', '2.5.29.17', '3002 a400'],
  ])('%s', async (_, oid, value) => {
    const extraExtensions = [{ oid, value: hex(value) }];
    const { certificate } = await issueQuickly(await rootOf(), { san: [], extraExtensions });
    expect(readCertificate(certificate)).toEqual(fail('trust/malformed'));
  });
});

const validAt = async (now: string, link: Link): Promise<boolean> => {
  const root = await rootOf({
    notBefore: new Date('1950-01-01'),
    notAfter: new Date('2100-01-01'),
  });
  const leaf = await leafOf(root, link);
  const options = { now: new Date(now) };
  return codeOf({ leaf, between: [], root: read(root.certificate) }, {}, options) === 'valid';
};

describe('a time', () => {
  test('of two digits lies in 1950 to 2049', async () => {
    const early = { notBefore: new Date('1950-01-01'), notAfter: NOW };
    expect(await validAt('1950-01-01T00:00:00Z', early)).toBe(true);
    expect(await validAt('1949-12-31T23:59:59Z', early)).toBe(false);
    const past = { notBefore: new Date('1998-01-01'), notAfter: new Date('1999-01-01') };
    expect(await validAt('2026-01-01T00:00:00Z', past)).toBe(false);
  });

  test('of four digits is read in every year', async () => {
    const long = {
      notBefore: new Date('2026-01-01'),
      notAfter: new Date('2027-01-01'),
      longTimes: true,
    };
    expect(await validAt('2026-01-01T00:00:00Z', long)).toBe(true);
    expect(await validAt('2027-01-01T00:00:00.999Z', long)).toBe(true);
    expect(await validAt('2027-01-01T00:00:01Z', long)).toBe(false);
    const far = { notBefore: NOW, notAfter: new Date('2051-01-01') };
    expect(await validAt('2050-06-01T00:00:00Z', far)).toBe(true);
  });

  test('may be the same at both ends', async () => {
    const instant = { notBefore: NOW, notAfter: NOW };
    expect(await validAt(NOW.toISOString(), instant)).toBe(true);
    expect(await validAt('2026-03-01T12:00:01Z', instant)).toBe(false);
  });
});
