import { describe, expect, test } from '@jest/globals';
import {
  identifierText,
  isSystem,
  normalIdentifier,
  normalIdentifiers,
} from '../../shared/patient/identifier.ts';

const UUID = 'DB734647-FC99-424C-A864-7E3CDA82E703';
const LOWER = UUID.toLowerCase();
const COMPLETE = 'urn:ietf:rfc:3986';
const id = (system: string, value: string) => ({ system, value });

describe('an identifier has one spelling', () => {
  test.each([
    ['as it is', id('1.2.3', 'A 1'), id('1.2.3', 'A 1')],
    ['an OID as a URN', id('URN:oid:1.2.3', 'A1'), id('1.2.3', 'A1')],
    ['blanks around', id(' 1.2.3 ', ' A1 '), id('1.2.3', 'A1')],
    ['a UUID as a URN', id(`urn:uuid:${UUID}`, 'A1'), id(LOWER, 'A1')],
    ['a UUID in capitals', id(UUID, 'A1'), id(LOWER, 'A1')],
    ['a URI', id('https://holder.example/MRN', 'A1'), id('https://holder.example/MRN', 'A1')],
    ['complete in itself', id(COMPLETE, `urn:uuid:${UUID}`), id(COMPLETE, LOWER)],
    ['its own system', id('1.2.3', 'urn:oid:1.2.3'), id(COMPLETE, '1.2.3')],
  ])('%s', (_, written, normal) => {
    expect(normalIdentifier(written)).toEqual(normal);
    expect(normalIdentifier(normal)).toEqual(normal);
    expect(identifierText(written)).toBe(identifierText(normal));
  });

  test.each([
    ['the case of a number', id('1.2.3', 'A1'), id('1.2.3', 'a1')],
    ['leading zeros', id('1.2.3', '07'), id('1.2.3', '7')],
    ['where the system ends', id('1.2', '3.4'), id('1.2.3', '4')],
    ['a number that looks like a URN', id('1.2.3', 'urn:oid:9'), id('1.2.3', '9')],
  ])('and is told from another by %s', (_, one, other) => {
    expect(identifierText(one)).not.toBe(identifierText(other));
  });

  test('of several that are the same, one is kept', () => {
    const written = [id('1.2', 'a'), id('urn:oid:1.2', ' a '), id('1.2', 'b')];
    expect(normalIdentifiers(written)).toEqual([id('1.2', 'a'), id('1.2', 'b')]);
  });
});

test.each(['1.2.3', 'urn:oid:1.2.3', UUID, `urn:uuid:${UUID}`, 'https://holder.example/mrn'])(
  'a system may be %s',
  (text) => expect(isSystem(text)).toBe(true),
);

test.each(['', 'MRN', '1.', '3.1', 'urn:oid:MRN', 'urn:uuid:1', 'https:', 'https://a b'])(
  'a system cannot be %j',
  (text) => expect(isSystem(text)).toBe(false),
);
