import { describe, expect, test } from '@jest/globals';
import { xdrEntity } from '../../../shared/package/xdr/entity.ts';
import { changed as changedIn, ownSoap, plain, refusalOf } from './requests.ts';
import { BAD_SOAP, BOMBS, OTHER_TYPES } from './refused/soap.ts';
import { refusesAll } from './refused/refuses-all.ts';

const SOAP = ownSoap();
const changed = (from: string | RegExp, to: string): string => changedIn(SOAP, from, to);
const inHeader = (markup: string): string => changed('<wsa:To', `${markup}<wsa:To`);

describe('SOAP that is none', () => {
  refusesAll(BAD_SOAP);

  describe('that is a bomb', () => refusesAll(BOMBS));

  describe('under another Content-Type', () => refusesAll(OTHER_TYPES));

  test('under a Content-Type with another action', () => {
    const type = 'application/soap+xml; action="urn:ihe:iti:2007:RegistryStoredQuery"';
    expect(refusalOf(plain(SOAP, type))).toBe('package/bad-soap');
  });

  test('a Content-Type of two lines is never put before a body', () => {
    expect(() => xdrEntity('text/plain\r\nX: y', new Uint8Array())).toThrow('two lines');
  });
});

const block = (attributes: string): string =>
  inHeader(`<a xmlns:s="http://www.w3.org/2003/05/soap-envelope" ${attributes}/>`);

describe('a header that must be understood', () => {
  const ROLE = 'http://www.w3.org/2003/05/soap-envelope/role';

  test.each([
    ['and is not known', 's:mustUnderstand="true"', 'package/not-understood'],
    [
      'of a namespace that every object knows',
      's:mustUnderstand="true" xmlns="constructor"',
      'package/not-understood',
    ],
    ['said as a number', 's:mustUnderstand="1"', 'package/not-understood'],
    ['by the next', `s:mustUnderstand="true" s:role="${ROLE}/next"`, 'package/not-understood'],
    ['by nobody', `s:mustUnderstand="true" s:role="${ROLE}/none"`, 'read'],
    ['or need not', 's:mustUnderstand="false"', 'read'],
    ['in another namespace', 'mustUnderstand="true"', 'read'],
  ])('%s', (_, attributes, code) => {
    expect(refusalOf(plain(block(attributes)))).toBe(code);
  });
});
