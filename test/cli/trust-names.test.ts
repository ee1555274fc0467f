import { describe, expect, test } from '@jest/globals';
import * as asn1js from 'asn1js';
import { extendedKeyUsage } from '../../infra/cli/certificates/extended-key-usages.ts';
import { instantOf } from '../../infra/cli/certificates/instant.ts';
import { objectsIn } from '../../infra/cli/certificates/objects-in.ts';
import { rfc4514 } from '../../infra/cli/certificates/rfc4514.ts';

type Attribute = readonly [type: string, value: asn1js.BaseBlock];

const text = (value: string): asn1js.BaseBlock => new asn1js.Utf8String({ value });
const named = (...sets: readonly (readonly Attribute[])[]): string => {
  const value = sets.map(
    (set) =>
      new asn1js.Set({
        value: set.map(
          ([oid, each]) =>
            new asn1js.Sequence({
              value: [new asn1js.ObjectIdentifier({ value: oid }), each],
            }),
        ),
      }),
  );
  return rfc4514(new Uint8Array(new asn1js.Sequence({ value }).toBER()));
};
const commonName = (value: string): string => named([['2.5.4.3', text(value)]]);

describe('a distinguished name in RFC 4514', () => {
  test('is written from its end, with the short names of that document', () => {
    const name = named(
      [['0.9.2342.19200300.100.1.25', new asn1js.IA5String({ value: 'net' })]],
      [['2.5.4.6', new asn1js.PrintableString({ value: 'US' })]],
      [['2.5.4.11', text('Sales')], ['2.5.4.3', text('J.  Smith')]], // prettier-ignore
    );
    expect(name).toBe('OU=Sales+CN=J.  Smith,C=US,DC=net');
  });

  // The examples of its section 4, and what else could break a line.
  test.each([
    ['James "Jim" Smith, III', String.raw`CN=James \"Jim\" Smith\, III`],
    ['Before\rAfter', String.raw`CN=Before\0dAfter`],
    ['Lučić', 'CN=Lučić'],
    ['#1', String.raw`CN=\#1`],
    ['a#1', 'CN=a#1'],
    [' a b ', String.raw`CN=\ a b\ `],
    [' ', String.raw`CN=\ `],
    ['a+b;c<d>e\\f=', String.raw`CN=a\+b\;c\<d\>e\\f=`],
    ['\u0000\u0085', String.raw`CN=\00\c2\85`],
    ['', 'CN='],
  ])('%j', (value, expected) => {
    expect(commonName(value)).toBe(expected);
  });

  test('what has no short name is written by its OID, and what is no text in hex', () => {
    expect(named([['1.3.6.1.4.1.1466.0', new asn1js.OctetString({ valueHex: Buffer.from('Hi') })]])).toBe(
      '1.3.6.1.4.1.1466.0=#04024869',
    ); // prettier-ignore
    expect(named([['1.2.840.113549.1.9.1', new asn1js.IA5String({ value: 'a@b' })]])).toBe(
      '1.2.840.113549.1.9.1=#1603614062',
    );
    expect(named([['2.5.4.3', new asn1js.Integer({ value: 5 })]])).toBe('CN=#020105');
    expect(named([['2.5.4.3', new asn1js.BmpString({ value: 'Bé' })]])).toBe('CN=Bé');
  });

  test('the empty name is an empty text', () => {
    expect(named()).toBe('');
  });
});

describe('what a caller writes', () => {
  const base64 = Buffer.from('certificate').toString('base64');
  const pem = (label: string): string =>
    `-----BEGIN ${label}-----\r\n${base64}\n-----END ${label}-----\n`;

  test.each([
    [base64, 'certificate', 1],
    [base64.replace(/..../g, '$&\n'), 'certificate', 1],
    [pem('CERTIFICATE'), 'certificate', 1],
    [`who it is\n${pem('X509 CERTIFICATE')}${pem('CERTIFICATE')}`, 'certificate', 2],
    [`${pem('PRIVATE KEY')}${pem('CERTIFICATE')}`, 'certificate', 1],
    [pem('X509 CRL'), 'crl', 1],
    [pem('OCSP RESPONSE'), 'ocsp', 1],
    [pem('CERTIFICATE'), 'crl', 0],
    ['-----BEGIN CERTIFICATE-----\n', 'certificate', 0],
    [`${base64}!`, 'certificate', 0],
    [base64.slice(1), 'certificate', 0],
    ['', 'certificate', 0],
  ] as const)('%j holds, as %s, %d', (written, kind, count) => {
    const found = objectsIn(written, kind).map((each) => Buffer.from(each).toString());
    expect(found).toEqual(Array.from({ length: count }, () => 'certificate'));
  });

  test.each([
    ['serverAuth', '1.3.6.1.5.5.7.3.1'],
    ['emailProtection', '1.3.6.1.5.5.7.3.4'],
    ['anyExtendedKeyUsage', '2.5.29.37.0'],
    ['1.2.3.4', '1.2.3.4'],
    ['serverauth', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('the extended key usage %j is %s', (written, oid) => {
    expect(extendedKeyUsage(written)).toBe(oid);
  });

  test.each([
    ['2011-04-15T00:00:00Z', '2011-04-15T00:00:00.000Z'],
    ['2011-04-15T00:00:00', '2011-04-15T00:00:00.000Z'],
    ['2011-04-15', '2011-04-15T00:00:00.000Z'],
    ['2011-04-15T00:00:00+02:00', '2011-04-14T22:00:00.000Z'],
  ])('the time %s is %s', (written, time) => {
    expect(instantOf(written).toISOString()).toBe(time);
  });
});
