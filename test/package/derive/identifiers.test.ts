import { describe, expect, test } from '@jest/globals';
import { ownIdOf, patientIdOf } from '../../../shared/package/derive/identifiers.ts';
import { oidOf } from '../../../shared/package/derive/oids.ts';
import { inputOf } from '../sample-input.ts';
import { headerWith, TARGET } from './sample-header.ts';

const { patient, fallbacks } = inputOf();
const UUID = 'DB734647-FC99-424C-A864-7E3CDA82E703';
const UUID_OID = `2.25.${BigInt(`0x${UUID.replaceAll('-', '')}`)}`;

describe('the id that a document brings', () => {
  test.each([
    ['root and extension', { root: '1.2.3', extension: 'A 1' }, '1.2.3^A 1'],
    ['a bare OID', { root: '1.2.3', extension: undefined }, '1.2.3'],
    [
      'a bare UUID, as a URN',
      { root: UUID, extension: undefined },
      `urn:uuid:${UUID.toLowerCase()}`,
    ],
    ['a UUID with an extension', { root: UUID, extension: '7' }, `${UUID_OID}^7`],
    ['nothing usable', { root: 'orgid42', extension: '7' }, undefined],
    ['an extension that would fall apart', { root: '1.2.3', extension: 'a^b' }, undefined],
    ['more than fits', { root: `1.2.${'3'.repeat(124)}`, extension: 'x'.repeat(128) }, undefined],
  ])('of %s', (_, id, expected) => {
    expect(ownIdOf(headerWith({ id }))).toBe(expected);
  });

  test('of nothing at all', () => {
    expect(ownIdOf(headerWith({ id: undefined }))).toBeUndefined();
  });

  test.each(['1.2.', '1..2', '3.1', '1.02', '1', 'urn:oid:1.2', '1.2.constructor'])(
    '%s is no OID',
    (text) => {
      expect(oidOf(text)).toBeUndefined();
    },
  );
});

const target = (...ids: readonly (readonly [string, string | undefined])[]) => ({
  ...TARGET,
  ids: ids.map(([root, extension]) => ({ root, extension })),
  provider: { ids: [{ root: '1.9', extension: undefined }], name: 'P' },
});

describe('the patient id', () => {
  test.each([
    [
      'the first there is',
      [
        ['1.2', 'a'],
        ['1.3', 'b'],
      ],
      { id: 'a', oid: '1.2' },
    ],
    [
      'the provider’s own before another',
      [
        ['1.2', 'a'],
        ['1.9.4', 'b'],
      ],
      { id: 'b', oid: '1.9.4' },
    ],
    ['a UUID as an OID', [[UUID, 'a']], { id: 'a', oid: UUID_OID }],
    [
      'never the social security number',
      [
        ['2.16.840.1.113883.4.1', '123-45-6789'],
        ['1.3', 'b'],
      ],
      { id: 'b', oid: '1.3' },
    ],
    [
      'the registered one when the document has none',
      [
        ['2.16.840.1.113883.4.1', '123-45-6789'],
        ['1.5', undefined],
      ],
      { id: 'MRN-0001', oid: '2.16.840.1.113883.19.5.77' },
    ],
  ] as const)('is %s', (_, ids, expected) => {
    expect(patientIdOf(target(...ids), undefined, patient, fallbacks)).toEqual(expected);
  });

  test('is none when all that is known is a social security number', () => {
    const ssn = { system: 'urn:oid:2.16.840.1.113883.4.1', value: '123-45-6789' };
    const known = { ...patient, identifiers: [ssn] };
    expect(patientIdOf(undefined, undefined, known, fallbacks)).toBeUndefined();
  });
});
